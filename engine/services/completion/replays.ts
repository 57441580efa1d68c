import {
  type Moment,
  machineAt,
  type Program,
  type Standing,
  type Step,
  stepsBefore,
} from "../../language/index.js";
import type { Machine, OperationKind, Platform } from "../../simulator/index.js";
import type { View } from "../view.js";

/** What of a machine is asked for: attachments and PASIDs, or mappings and requests too. */
export type Part = "structure" | "all";

/** More steps than these are not run again to see what stands at the cursor. */
const MOST_STEPS: Readonly<Record<Part, number>> = { structure: 250_000, all: 20_000 };

/** Operations after which every device is attached to the same spaces as before. */
const NOT_STRUCTURE: ReadonlySet<OperationKind> = new Set<OperationKind>([
  "map",
  "unmap",
  "pte",
  "invalidate",
  "register",
  "unregister",
  "info-space",
  "info-device",
  "dma",
  "enqcmd",
  "enqcmds",
  "respond",
]);

/** A machine that nobody writes to, and the steps that it came from. */
interface Kept {
  readonly what: Part;
  readonly start: readonly Step[];
  /** `undefined` in the start state. */
  readonly inScenario: readonly Step[] | undefined;
  readonly machine: Machine;
}

/**
 * The last machines, the latest first. Between two keys all steps before the cursor are the same ones, and so is the
 * machine that stands there.
 */
const kept = new WeakMap<object, readonly Kept[]>();
const MOST_KEPT = 4;

/**
 * The machine at a moment of a program; `undefined` when it would take long to find out.
 * @param what "structure" is enough for attachments and PASIDs: mappings and requests are left out
 */
export function machineBefore({ analysis, result }: View, moment: Moment, what: Part): Machine | undefined {
  const { program } = analysis;
  const { scenario, steps } = moment;
  const started = result?.program === program && scenario !== undefined ? result.machine : undefined;
  if ((started ? steps : stepsBefore(program, moment)) > MOST_STEPS[what]) return undefined;
  const start = scenario === undefined ? program.start.slice(0, steps) : program.start;
  const inScenario = scenario === undefined ? undefined : program.scenarios[scenario]!.steps.slice(0, steps);
  const owner = keeperOf(program);
  const known = kept.get(owner) ?? [];
  const before = known.filter((each) => each.what === what && isBefore(each, start, inScenario));
  const last = before.toSorted((a, b) => lengthOf(b) - lengthOf(a))[0];
  if (last && lengthOf(last) === lengthOf({ start, inScenario })) return last.machine;
  const machine = machineAt(
    program,
    moment,
    started && !last?.inScenario ? beforeScenarios(program, started) : last && standingOf(last, scenario),
    what === "structure" ? NOT_STRUCTURE : undefined,
  );
  kept.set(owner, [{ what, start, inScenario, machine }, ...known.slice(0, MOST_KEPT - 1)]);
  return machine;
}

function beforeScenarios({ start }: Program, machine: Machine): Standing {
  return { machine, moment: { scenario: undefined, steps: start.length } };
}

/** @param scenario in which the steps are now that were run in one */
function standingOf({ machine, start, inScenario }: Kept, scenario: number | undefined): Standing {
  const moment = inScenario
    ? { scenario, steps: inScenario.length }
    : { scenario: undefined, steps: start.length };
  return { machine, moment };
}

const keepers = new WeakMap<Program, Program | Platform>();

/** What the machines of a program are kept for: where somebody migrates, a later step decides to what host. */
function keeperOf(program: Program): Program | Platform {
  let keeper = keepers.get(program);
  if (!keeper) {
    const { start, scenarios, platform } = program;
    const migrates = (step: Step): boolean => step.kind === "operation" && step.operation.kind === "migrate";
    keeper = start.some(migrates) || scenarios.some((each) => each.steps.some(migrates)) ? program : platform;
    keepers.set(program, keeper);
  }
  return keeper;
}

type Run = Pick<Kept, "start" | "inScenario">;

function lengthOf({ start, inScenario }: Run): number {
  return start.length + (inScenario?.length ?? 0);
}

/** Whether all that has run would run first. */
function isBefore(run: Run, start: readonly Step[], inScenario: readonly Step[] | undefined): boolean {
  if (!begins(start, run.start)) return false;
  if (!run.inScenario) return true;
  return inScenario !== undefined && start.length === run.start.length && begins(inScenario, run.inScenario);
}

function begins(list: readonly Step[], first: readonly Step[]): boolean {
  return (
    first === list || (first.length <= list.length && first.every((step, at) => isSame(step, list[at]!)))
  );
}

function isSame(a: Step, b: Step): boolean {
  return a === b || (a.kind === "operation" && b.kind === "operation" && a.operation === b.operation);
}
