/** S001 to S039: what is not a sentence of the language. */
import type { Rule } from "./rule.js";

// Each line: `import { rule as S001 } from "./S001-….js";` above, and `S001` in the list.
export const SYNTAX_RULES: readonly Rule[] = [];
