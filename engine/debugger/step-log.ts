import { reasonText, type Span, type StepResult } from "../language/index.js";
import { expectedWords, statementText, stepOutcome } from "../report/index.js";
import type { Outcome } from "../simulator/index.js";
import type { Timeline } from "./timeline.js";

/** A step and what came of it, in words. */
export interface LoggedStep {
  /** Index in the timeline. */
  readonly step: number;
  readonly statement: string;
  /** In the words that a person could write after `=>`. */
  readonly outcome: string;
  readonly passed: boolean;
  /** What its author stated, of a step that came to something else. */
  readonly stated: string | undefined;
  /** A request did not come to memory: a fault, a page request, a VM exit, a portal that took no work. */
  readonly isFault: boolean;
  /** Why it came out so, as sentences; empty where the outcome says all. */
  readonly reason: string;
  readonly span: Span;
}

/** Steps that are remembered of a timeline; beyond them it begins anew. */
const REMEMBERED = 50_000;

/** What has been looked at of a timeline. A step that a person puts in makes it another one. */
interface Log {
  readonly length: number;
  readonly steps: Map<number, LoggedStep>;
}

const logs = new WeakMap<Timeline, Log>();

/** Steps of a timeline with what came of each. Each is run once for it, however often this is asked. */
export function loggedSteps(timeline: Timeline, from: number, to: number): LoggedStep[] {
  const { steps } = logOf(timeline);
  let begin = from;
  while (begin < to && steps.has(begin)) begin += 1;
  let end = to;
  while (end > begin && steps.has(end - 1)) end -= 1;
  timeline.scan(begin, end, (index, result) => {
    steps.set(index, logged(timeline, index, result));
    return false;
  });
  return Array.from({ length: to - from }, (_, at) => steps.get(from + at)!);
}

function logOf(timeline: Timeline): Log {
  const known = logs.get(timeline);
  if (known?.length === timeline.length && known.steps.size < REMEMBERED) return known;
  const log: Log = { length: timeline.length, steps: new Map() };
  logs.set(timeline, log);
  return log;
}

function logged(timeline: Timeline, index: number, result: StepResult): LoggedStep {
  const { program } = timeline;
  const { step, passed, outcome } = result;
  return {
    step: index,
    statement: timeline.handMade(step) ?? statementText(program, step),
    outcome: stepOutcome(program.platform, result),
    passed,
    stated: passed ? undefined : (expectedWords(program, result) ?? "ok"),
    isFault: outcome !== undefined && isFault(outcome),
    reason: outcome ? reasonText(outcome) : "",
    span: step.span,
  };
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
