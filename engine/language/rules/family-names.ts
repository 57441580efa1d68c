/** S040 to S069: names, imports and values. */
import type { Rule } from "./rule.js";

// Each line: `import { rule as S040 } from "./S040-….js";` above, and `S040` in the list.
export const NAME_RULES: readonly Rule[] = [];
