import { apply, boot, type Machine, type OperationKind } from "../../simulator/index.js";
import type { Program, Step } from "../program.js";
import { Destinations } from "./destination.js";

/** A place between two steps of a program. */
export interface Moment {
  /** Index of the scenario; `undefined` in the start state. */
  readonly scenario: number | undefined;
  /** So many steps, of the start state or of the scenario, have run. */
  readonly steps: number;
}

/**
 * The place in a program that belongs to a place in a file: behind every step that begins before it.
 * @param offset UTF-16 units
 * @param isInScenario whether the place is in a scenario rather than in an owner's block
 */
export function momentAt(program: Program, file: string, offset: number, isInScenario: boolean): Moment {
  if (!isInScenario) {
    const next = program.start.findIndex(({ span }) => span.file === file && span.start >= offset);
    return { scenario: undefined, steps: next < 0 ? program.start.length : next };
  }
  const scenario = program.scenarios.findLastIndex(({ span }) => span.file === file && span.start < offset);
  const steps = program.scenarios[scenario]?.steps ?? [];
  const next = steps.findIndex(({ span }) => span.start >= offset);
  if (scenario < 0) return { scenario: undefined, steps: program.start.length };
  return { scenario, steps: next < 0 ? steps.length : next };
}

/** Steps that have to run before a moment is reached, when nothing has run yet. */
export function stepsBefore(program: Program, { scenario, steps }: Moment): number {
  return scenario === undefined ? steps : program.start.length + steps;
}

/** A machine as it stands at a moment of a program. */
export interface Standing {
  /** It is not changed. */
  readonly machine: Machine;
  readonly moment: Moment;
}

/**
 * The machine as it stands at a moment of a program, and nothing of what was found on the way: whoever asks
 * wants to know what would come next.
 * @param from a machine that somebody has, at the moment or before it; else everything runs again
 * @param skipped kinds of operations that are left out, for somebody who does not look at what they do
 */
export function machineAt(
  program: Program,
  { scenario, steps }: Moment,
  from?: Standing,
  skipped: ReadonlySet<OperationKind> = new Set(),
): Machine {
  const destinations = new Destinations(program);
  const machine = from ? from.machine.fork() : boot(program.platform);
  const done = from?.moment ?? { scenario: undefined, steps: 0 };
  const replay = (list: readonly Step[], first: number, end: number): void => {
    for (let index = first; index < end; index += 1) {
      const step = list[index]!;
      if (step.kind !== "operation" || skipped.has(step.operation.kind)) continue;
      const { operation } = step;
      if (operation.kind === "migrate") {
        apply(machine, operation, { destination: destinations.for(operation.owner) });
      } else apply(machine, operation);
    }
  };
  if (done.scenario === undefined) {
    replay(program.start, done.steps, scenario === undefined ? steps : program.start.length);
  }
  if (scenario !== undefined) {
    replay(program.scenarios[scenario]!.steps, done.scenario === undefined ? 0 : done.steps, steps);
  }
  return machine;
}
