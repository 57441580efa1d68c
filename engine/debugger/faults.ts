import { reasonText, type Span, type StepResult } from "../language/index.js";
import { statementText, stepOutcome } from "../report/index.js";
import type { Outcome } from "../simulator/index.js";
import { stepsRun } from "./position.js";
import type { Thread } from "./thread.js";
import type { Timeline } from "./timeline.js";

/** A request that did not come to memory. */
export interface FaultRow {
  /** Index in the timeline. */
  readonly step: number;
  readonly statement: string;
  /** In the words that a person could write after `=>`. */
  readonly outcome: string;
  /** Why, as sentences; empty where the outcome says all. */
  readonly reason: string;
  readonly span: Span;
}

/** What has been looked at of a timeline. A step that a person puts in makes it another one. */
interface Log {
  readonly length: number;
  upTo: number;
  readonly rows: FaultRow[];
}

const logs = new WeakMap<Timeline, Log>();

/**
 * Every fault, page request, VM exit and refused portal of the steps that have run, the last one first. Each
 * step is looked at once, however often this is asked.
 */
export function faultRows({ timeline, position }: Thread): FaultRow[] {
  const known = logs.get(timeline);
  const log = known?.length === timeline.length ? known : { length: timeline.length, upTo: 0, rows: [] };
  logs.set(timeline, log);
  const to = Math.min(stepsRun(position), timeline.length);
  if (to > log.upTo) {
    timeline.scan(log.upTo, to, (index, result) => {
      if (result.outcome && isFault(result.outcome))
        log.rows.push(rowOf(timeline, index, result, result.outcome));
      return false;
    });
    log.upTo = to;
  }
  return log.rows.filter(({ step }) => step < to).reverse();
}

function isFault(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case "fault":
    case "page-request":
    case "vm-exit":
    case "gp":
    case "portal-refused":
      return true;
    case "responded":
      return outcome.resumed.some(isFault);
    default:
      return false;
  }
}

function rowOf(timeline: Timeline, index: number, result: StepResult, outcome: Outcome): FaultRow {
  const { program } = timeline;
  const { step } = result;
  return {
    step: index,
    statement: timeline.handMade(step) ?? statementText(program, step),
    outcome: stepOutcome(program.platform, result),
    reason: reasonText(outcome),
    span: step.span,
  };
}
