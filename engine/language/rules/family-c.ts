/** C001 to C008: declarations whose parts do not fit together. */
import type { Rule } from "./rule.js";

// Each line: `import { rule as C001 } from "./C001-….js";` above, and `C001` in the list.
export const SHAPE_RULES: readonly Rule[] = [];
