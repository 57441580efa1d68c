import { boot, type Machine } from "../../simulator/index.js";
import { Causes } from "./causes.js";
import type { RunResult, StepResult } from "./result.js";
import { Stepper } from "./stepper.js";

/** Which step of a run is meant. */
export interface StepPlace {
  /** Index in `RunResult.scenarios`; `undefined` for the start state. */
  readonly scenario: number | undefined;
  /** Index in the steps of that scenario, or of the start state. */
  readonly step: number;
}

/** One step of a run once more, with the stages of its walk and the machine around it. */
export interface Replay {
  readonly result: StepResult;
  readonly before: Machine;
  readonly after: Machine;
}

/**
 * Runs a part of a finished run again, up to one step, and records that step. The run itself stays as it is.
 * @returns `undefined` when the run has no such step
 */
export function replay(run: RunResult, { scenario, step }: StepPlace): Replay | undefined {
  const { program } = run;
  const chosen = scenario === undefined ? undefined : run.scenarios[scenario];
  const steps = scenario === undefined ? program.start : (chosen?.scenario.steps ?? []);
  const last = steps[step];
  if (!last) return undefined;
  const machine = scenario === undefined ? boot(program.platform) : run.machine.fork();
  const causes = new Causes();
  const stepper = new Stepper(program, false);
  // An assertion changes nothing, and its proof may take longer than all the rest.
  for (const each of steps.slice(0, step)) {
    if (each.kind === "operation") stepper.run(machine, each, causes);
  }
  const before = machine.fork();
  const result = new Stepper(program, true).run(machine, last, causes);
  return { result, before, after: machine };
}
