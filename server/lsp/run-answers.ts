import type { RunResult, ScenarioResult, Span } from "../../engine/language/index.js";
import { PLAIN, runText } from "../../engine/report/index.js";
import { coverageOf, type Failure, failuresAmong, type Used } from "../../engine/services/index.js";
import type {
  CoveredStatement,
  FileCoverage,
  RunFileResult,
  ScenarioOutcome,
  StepFailure,
} from "../protocol/index.js";
import { locationOf, rangeOf } from "./at.js";
import type { Compiled } from "./compile.js";

/** What a client hears of a run that has ended, or was stopped. */
export function runAnswer(
  compiled: Compiled,
  result: RunResult,
  isWhole: boolean,
  withCoverage: boolean,
): RunFileResult {
  return {
    text: runText(result, PLAIN),
    isWhole,
    start: stepFailures(compiled, failuresAmong(result.program, result.start)),
    scenarios: result.scenarios.map((scenario) => scenarioOutcome(compiled, scenario)),
    files: [...result.program.sources.keys()].map((file) => compiled.uriOf(file)),
    ...(withCoverage && { coverage: fileCoverages(compiled, result) }),
  };
}

export function scenarioOutcome(
  compiled: Compiled,
  { scenario, passed, steps }: ScenarioResult,
): ScenarioOutcome {
  const failures = stepFailures(compiled, failuresAmong(compiled.analysis.program, steps));
  return { title: scenario.title, passed, failures };
}

function stepFailures(compiled: Compiled, failures: readonly Failure[]): StepFailure[] {
  return failures.map(({ span, ...words }) => ({ ...locationOf(compiled, span), ...words }));
}

/** By file, since statements of imports are used as well. */
function fileCoverages(compiled: Compiled, result: RunResult): FileCoverage[] {
  const { entries, declarations } = coverageOf(result);
  const files = new Set([...entries, ...declarations].map(({ span }) => span.file));
  const inFile = <T extends Used>(list: readonly T[], file: string): T[] =>
    list.filter(({ span }) => span.file === file);
  return [...files].map((file) => ({
    uri: compiled.uriOf(file),
    statements: inFile(entries, file).map((used) => covered(compiled, used)),
    declarations: inFile(declarations, file).map((used) => ({ ...covered(compiled, used), name: used.name })),
  }));
}

function covered(compiled: Compiled, { span, count }: { span: Span; count: number }): CoveredStatement {
  return { range: rangeOf(compiled, span), count };
}
