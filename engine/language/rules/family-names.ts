/** S040 to S069: names, imports and values. */
import type { Rule } from "./rule.js";
import { rule as S040 } from "./S040-unknown-name.js";
import { rule as S041 } from "./S041-ambiguous-name.js";
import { rule as S042 } from "./S042-wrong-kind.js";
import { rule as S043 } from "./S043-duplicate-name.js";
import { rule as S044 } from "./S044-import-not-readable.js";
import { rule as S045 } from "./S045-import-cycle.js";
import { rule as S046 } from "./S046-import-of-other-uapi.js";
import { rule as S047 } from "./S047-second-block.js";
import { rule as S048 } from "./S048-memory-backing.js";
import { rule as S049 } from "./S049-memory-overlap.js";
import { rule as S050 } from "./S050-page-sizes.js";
import { rule as S051 } from "./S051-group-member.js";
import { rule as S052 } from "./S052-allow-of-unknown-rule.js";
import { rule as S053 } from "./S053-statement-of-other-owner.js";
import { rule as S054 } from "./S054-outcome-without-call.js";
import { rule as S055 } from "./S055-owner-needed.js";
import { rule as S056 } from "./S056-number-out-of-range.js";
import { rule as S057 } from "./S057-iommu-needed.js";
import { rule as S058 } from "./S058-pci-address-taken.js";
import { rule as S059 } from "./S059-vf-of-vf.js";
import { rule as S061 } from "./S061-outside-memory.js";
import { rule as S062 } from "./S062-too-many-mistakes.js";

export const NAME_RULES: readonly Rule[] = [
  S040,
  S041,
  S042,
  S043,
  S044,
  S045,
  S046,
  S047,
  S048,
  S049,
  S050,
  S051,
  S052,
  S053,
  S054,
  S055,
  S056,
  S057,
  S058,
  S059,
  S061,
  S062,
] as readonly Rule[];
