import type { RunResult } from "../../language/index.js";

/**
 * The part of a run that is about one scenario: its steps, its findings, and the state at its end instead of
 * the start state.
 * @param title of a scenario; of several with one title, the first is meant
 * @returns `undefined` when no scenario that ran has the title
 */
export function scenarioRun(result: RunResult, title: string): RunResult | undefined {
  const found = result.scenarios.find(({ scenario }) => scenario.title === title);
  if (!found) return undefined;
  return {
    ...result,
    scenarios: [found],
    machine: found.machine,
    diagnostics: result.diagnostics.filter(({ scenario }) => scenario === undefined || scenario === title),
  };
}
