import { apply, type Machine, type Operation, type Outcome, type Stage } from "../../simulator/index.js";
import type { Diagnostic } from "../diagnostic.js";
import type { Program, Step } from "../program.js";
import { checkAssertion, holds } from "./assertion.js";
import type { Causes } from "./causes.js";
import { Destinations } from "./destination.js";
import { Diagnoser, findingsOf } from "./diagnose.js";
import { matches, refusalOf } from "./match.js";
import { refusalPlaces } from "./refusal-places.js";
import type { StepResult } from "./result.js";

type OperationStep = Extract<Step, { kind: "operation" }>;

const NONE: readonly Diagnostic[] = Object.freeze([]);

/** Runs single steps of one program and judges them. */
export class Stepper {
  private readonly diagnoser: Diagnoser;
  private readonly destinations: Destinations;

  /** @param record whether the outcomes carry the stages of each walk */
  constructor(
    private readonly program: Program,
    private readonly record: boolean,
  ) {
    this.diagnoser = new Diagnoser(program);
    this.destinations = new Destinations(program);
  }

  /** Runs `step` on `machine`; `causes` learns from it. */
  run(machine: Machine, step: Step, causes: Causes): StepResult {
    if (step.kind === "assertion") {
      const assertion = checkAssertion(this.program.platform, machine, step.assertion);
      const passed = holds(assertion);
      return {
        step,
        assertion,
        passed,
        diagnostics: passed ? NONE : [this.diagnoser.ofAssertion(step, assertion, machine)],
      };
    }
    const { operation } = step;
    const outcome = this.apply(machine, operation);
    const passed = matches(this.program.platform, operation, step.expectation, outcome);
    const refusal = refusalOf(outcome);
    const cause = !passed && refusal ? causes.of(operation, refusal) : undefined;
    if (outcome.kind !== "refused") causes.history.note(operation);
    causes.note(operation, passed || outcome.kind !== "refused" ? undefined : (cause ?? step.origin));
    return { step, outcome, passed, diagnostics: this.judge(machine, step, outcome, passed, cause, causes) };
  }

  private apply(machine: Machine, operation: Operation): Outcome {
    if (operation.kind === "migrate") {
      return apply(machine, operation, {
        record: this.record,
        destination: this.destinations.for(operation.owner),
      });
    }
    return this.record ? apply(machine, operation, { record: true }) : apply(machine, operation);
  }

  private judge(
    machine: Machine,
    step: OperationStep,
    outcome: Outcome,
    passed: boolean,
    cause: number | undefined,
    { history }: Causes,
  ): readonly Diagnostic[] {
    const findings = findingsOf(outcome);
    const refusal = refusalOf(outcome);
    if (passed && !refusal && findings.length === 0) return NONE;
    const diagnostics: Diagnostic[] = [];
    if (refusal) {
      const severity = passed ? "hint" : cause === undefined ? undefined : "information";
      const places = refusalPlaces(machine, step.operation, refusal, history);
      diagnostics.push(this.diagnoser.ofRefusal(step, refusal, severity, cause, places));
    }
    if (!passed && (!refusal || step.expectation)) {
      diagnostics.push(
        this.diagnoser.ofMismatch(step, outcome, decidingStage(machine, step.operation, outcome)),
      );
    }
    const stated = passed && step.expectation !== undefined;
    for (const finding of findings) diagnostics.push(this.diagnoser.ofFinding(step, finding, stated));
    return diagnostics;
  }
}

/**
 * The last stage of a request that came to something else than stated, with the last statement on its way.
 * Only a recorded walk has stages, so the request is made again on a fork, where it changes nothing.
 */
function decidingStage(machine: Machine, operation: Operation, outcome: Outcome): Stage | undefined {
  if (operation.kind !== "dma" && operation.kind !== "enqcmd" && operation.kind !== "enqcmds")
    return undefined;
  const isWalked = "stages" in outcome && outcome.stages !== undefined;
  const again = isWalked ? outcome : apply(machine.fork(), operation, { record: true });
  const stages = "stages" in again ? (again.stages ?? []) : [];
  // The stage that fails may have no statement behind it, as an entry that nobody wrote: its words stand with
  // the last statement that the request went by.
  const known = stages.findLast(({ origin }) => origin !== undefined && origin >= 0);
  const last = stages.at(-1);
  return known && last && { ...last, origin: known.origin };
}
