export type { Diagnostic, Severity } from "./diagnostic.js";
export * from "./fixes/index.js";
export {
  type EditOptions,
  type Formatted,
  format,
  formatEdits,
  formatted,
  type TextEdit,
} from "./format/index.js";
export { analyzeAgain } from "./lowering/again.js";
export type { Analysis, CompileOptions } from "./lowering/analysis.js";
export { analyze, compile } from "./lowering/compile.js";
export { ALLOWABLE_RULES } from "./lowering/steps.js";
export {
  type Definition,
  type DefinitionKind,
  kindWords,
  platformIndex,
  qualifiedName,
} from "./names/definition.js";
export type { Host } from "./names/load.js";
export { isInternalError } from "./names/reporter.js";
export type { Occurrence, Symbols } from "./names/symbols.js";
export { type Counterpart, IOMMUFD_LACKS, RFC_V2_LACKS } from "./port/counterparts.js";
export {
  type PlacedFinding,
  type Ported,
  type PortOptions,
  type PortTarget,
  port,
} from "./port/port.js";
export { analyzePorted, type PortedAnalysis } from "./port/ported-program.js";
export type * from "./program.js";
export * from "./rules/index.js";
export { Causes } from "./run/causes.js";
export { findingsOf } from "./run/diagnose.js";
export { refusalOf, wireOf } from "./run/match.js";
export { type Moment, machineAt, momentAt, type Standing, stepsBefore } from "./run/moment.js";
export { type Replay, replay, type StepPlace } from "./run/replay.js";
export type * from "./run/result.js";
export { Run, type RunOptions, runToEnd, start } from "./run/run.js";
export { Stepper } from "./run/stepper.js";
export {
  assertionText,
  codeText,
  endpointText,
  expectationText,
  flagsText,
  groupedHex,
  memoryText,
  numberText,
  outcomeText,
  placeText,
  reasonText,
} from "./run/words.js";
export {
  CONFIG_FILE,
  type Config,
  configSchema,
  hostLevels,
  ignorableRules,
  ignoreHere,
  ignoreInFile,
  type Level,
  type LevelChange,
  type LevelSetting,
  levelChange,
  type ReadConfig,
  readConfig,
  readSwitch,
  SWITCH_WORDS,
  type Switches,
  spokenOf,
  unreadableConfig,
  type WrittenSwitch,
} from "./switches/index.js";
export * as syntax from "./syntax/index.js";
export {
  changeBetween,
  type LineMap,
  lineMap,
  type Position,
  parse,
  type SourceFile,
} from "./syntax/index.js";
