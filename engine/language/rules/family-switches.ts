/** S063 to S079: switches, the configuration file, and rules that fail. */
import type { Rule } from "./rule.js";
import { rule as S063 } from "./S063-unreadable-switch.js";
import { rule as S064 } from "./S064-switch-of-unknown-rule.js";
import { rule as S065 } from "./S065-ignore-without-reason.js";
import { rule as S066 } from "./S066-ignore-of-nothing.js";
import { rule as S067 } from "./S067-unreadable-config.js";
import { rule as S068 } from "./S068-config-value.js";
import { rule as S069 } from "./S069-internal-error.js";
import { rule as S070 } from "./S070-hidden-failure.js";

export const SWITCH_RULES: readonly Rule[] = [
  S063,
  S064,
  S065,
  S066,
  S067,
  S068,
  S069,
  S070,
] as readonly Rule[];
