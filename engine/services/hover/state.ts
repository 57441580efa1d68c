import { type Replay, type RunResult, replay, type Step, type StepPlace } from "../../language/index.js";
import type { Machine } from "../../simulator/index.js";
import type { View } from "../view.js";

/** The machine as it is for somebody who reads a place of a file. */
export interface StateAt {
  readonly machine: Machine;
  /** When that is: "after the start state", "at this step". */
  readonly when: string;
  /** The step that holds the place; `undefined` between steps and in declarations. */
  readonly step: Step | undefined;
  /** That step once more, with the stages of its walk. */
  replay(): Replay | undefined;
}

/**
 * The state at a place: that after a step of a scenario, everywhere else that after the start state.
 * @returns `undefined` without a run
 */
export function stateAt({ result }: View, file: string, offset: number): StateAt | undefined {
  if (!result) return undefined;
  const place = placeAt(result, file, offset);
  const again = (): Replay | undefined => place && replay(result, place);
  if (place?.scenario === undefined) {
    const step = place && result.program.start[place.step];
    return { machine: result.machine, when: "after the start state", step, replay: again };
  }
  const replayed = again();
  const machine = replayed?.after ?? result.machine;
  return { machine, when: "at this step", step: replayed?.result.step, replay: () => replayed };
}

/** The innermost step that holds an offset; its end counts as inside. */
function placeAt(run: RunResult, file: string, offset: number): StepPlace | undefined {
  let found: StepPlace | undefined;
  let start = -1;
  const look = (steps: readonly Step[], scenario: number | undefined): void => {
    for (let step = 0; step < steps.length; step++) {
      const { span } = steps[step]!;
      if (offset < span.start || offset > span.end || span.start <= start || span.file !== file) continue;
      start = span.start;
      found = { scenario, step };
    }
  };
  look(run.program.start, undefined);
  for (const [index, { scenario }] of run.scenarios.entries()) look(scenario.steps, index);
  return found;
}
