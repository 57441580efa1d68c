import { SHAPE_RULES } from "./family-c.js";
import { NAME_RULES } from "./family-names.js";
import { SYNTAX_RULES } from "./family-syntax.js";
import type { Rule } from "./rule.js";

export { type Facts, hex, type Rule } from "./rule.js";

/** Every rule by its id, in the order of their families and numbers. */
export const RULES: ReadonlyMap<string, Rule> = new Map(
  [...SHAPE_RULES, ...SYNTAX_RULES, ...NAME_RULES].map((rule) => [rule.id, rule]),
);
