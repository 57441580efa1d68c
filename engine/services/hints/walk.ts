import { type Replay, replay, type StepPlace } from "../../language/index.js";
import type { Operation, Origin, Outcome, Stage } from "../../simulator/index.js";
import { walksOf } from "../explain/walk.js";
import type { View } from "../view.js";

/** Statements whose outcome comes of a walk. */
const REQUESTS: ReadonlySet<Operation["kind"]> = new Set(["dma", "enqcmd", "enqcmds", "respond"]);

/** A step once more with the stages of its walk; `undefined` for a call, which walks nothing. */
export function walkOf({ result }: View, place: StepPlace): Replay | undefined {
  if (!result) return undefined;
  const { scenario, step } = place;
  const steps =
    scenario === undefined ? result.program.start : (result.scenarios[scenario]?.scenario.steps ?? []);
  const found = steps[step];
  if (found?.kind !== "operation" || !REQUESTS.has(found.operation.kind)) return undefined;
  return replay(result, place);
}

/** The statement that decided where a walk ended: the last one that any of its stages names. */
export function decisiveOrigin(outcome: Outcome | undefined): Origin | undefined {
  const [stages = []] = walksOf(outcome);
  return stages.findLast(({ origin }) => origin !== undefined)?.origin;
}

/** Stages in which a number of the guest becomes the one on the wire, or is looked up. */
const PASID_STAGES: ReadonlySet<Stage["kind"]> = new Set(["cpu-table", "driver-table", "pasid-table"]);

/** The statement that decided which PASID a request went out with. */
export function pasidOrigin(outcome: Outcome | undefined): Origin | undefined {
  const [stages = []] = walksOf(outcome);
  return stages.find(({ kind, origin }) => PASID_STAGES.has(kind) && origin !== undefined)?.origin;
}
