export type { Action, ActionEdit, ActionKind } from "./action.js";
export { qualifyName } from "./names.js";
export { rewriteNumber, rewriteRange } from "./numbers.js";
export { stateOutcome, stateOutcomes } from "./outcomes.js";
export { quickFixes, rulesToFixAtOnce } from "./quick-fixes.js";
export { ignoreActions, levelActions } from "./switches.js";
