export type { Action, ActionEdit, ActionKind } from "./action.js";
export { qualifyName } from "./names.js";
export { rewriteNumber, rewriteRange } from "./numbers.js";
export { hasOutcomesToState, STATE_ALL, stateOutcome, stateOutcomes } from "./outcomes.js";
export {
  extractPlatform,
  inlineImport,
  type NewFile,
  obstacleToExtract,
  standsInHardware,
} from "./platform.js";
export { canRepair, quickFixes, rulesToFixAtOnce } from "./quick-fixes.js";
export { ignoreActions, levelActions } from "./switches.js";
