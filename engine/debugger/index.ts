export {
  type Conditions,
  type HitCount,
  readHitCount,
  StageBreakpoint,
  StepBreakpoint,
} from "./breakpoints.js";
export { DataBreakpoint, watchProblem } from "./data-breakpoint.js";
export * from "./exceptions.js";
export { faultRows } from "./faults.js";
export { type Frame, framesOf } from "./frames.js";
export { type HistoryRow, historyRows } from "./history.js";
export { type MemoryBytes, readMemory, writeMemory } from "./memory/access.js";
export * from "./position.js";
export { type Answer, type AnswerLine, isProblem, type Problem } from "./query/answer.js";
export { COMMANDS } from "./query/commands.js";
export { completeQuery, type QueryCompletions, type QueryWord } from "./query/complete.js";
export { evaluate, holds } from "./query/evaluate.js";
export { FACTS } from "./query/facts.js";
export { type SavedScenario, savedScenario } from "./record/scenario.js";
export { type TraceJson, traceJson, traceText } from "./record/trace.js";
export type { Run } from "./runs.js";
export { lineOfStage, type StateDocument, stateDocument } from "./state-document.js";
export { stateWords } from "./state-words.js";
export type { LoggedStep } from "./step-log.js";
export * from "./stops.js";
export { Thread } from "./thread.js";
export { type HandMade, type Snapshot, Timeline } from "./timeline.js";
export { type Scope, scopesOf } from "./variables/scopes.js";
export { assignment } from "./variables/settable.js";
export { type Children, type Compared, comparedPage, type Variable } from "./variables/variable.js";
