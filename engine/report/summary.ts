import type { RunResult } from "../language/index.js";

/** Numbers that sum up a run. */
export interface RunSummary {
  readonly scenarios: number;
  readonly failedScenarios: number;
  /** Steps of all scenarios. */
  readonly steps: number;
  readonly failedSteps: number;
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  /** Every outcome is the stated one, every assertion holds, and nothing is an error. */
  readonly isGood: boolean;
}

/** Counts scenarios, steps and findings of a run; hints are no findings. */
export function summaryOf({ scenarios, diagnostics }: RunResult): RunSummary {
  const steps = scenarios.flatMap((scenario) => scenario.steps);
  const count = (severity: string) => diagnostics.filter((each) => each.severity === severity).length;
  const failedScenarios = scenarios.filter(({ passed }) => !passed).length;
  const errors = count("error");
  return {
    scenarios: scenarios.length,
    failedScenarios,
    steps: steps.length,
    failedSteps: steps.filter(({ passed }) => !passed).length,
    errors,
    warnings: count("warning"),
    notes: count("information"),
    isGood: failedScenarios === 0 && errors === 0,
  };
}

/** The sum of several runs. */
export function totalOf(summaries: readonly RunSummary[]): RunSummary {
  const sum = (number: (summary: RunSummary) => number) =>
    summaries.reduce((total, summary) => total + number(summary), 0);
  return {
    scenarios: sum(({ scenarios }) => scenarios),
    failedScenarios: sum(({ failedScenarios }) => failedScenarios),
    steps: sum(({ steps }) => steps),
    failedSteps: sum(({ failedSteps }) => failedSteps),
    errors: sum(({ errors }) => errors),
    warnings: sum(({ warnings }) => warnings),
    notes: sum(({ notes }) => notes),
    isGood: summaries.every(({ isGood }) => isGood),
  };
}
