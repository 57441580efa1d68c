import type { Span } from "../language/index.js";
import { expectedWords, statementText, stepOutcome } from "../report/index.js";
import type { Thread } from "./thread.js";

/** A step that a thread has been at, and what came of it. */
export interface HistoryRow {
  /** Index in the timeline. */
  readonly step: number;
  readonly statement: string;
  /** In the words that a person could write after `=>`. */
  readonly outcome: string;
  readonly passed: boolean;
  /** What its author stated, of a step that came to something else. */
  readonly stated: string | undefined;
  /** "here": the thread stands before it, or in it; "later": it ran before the thread went back. */
  readonly when: "before" | "here" | "later";
  /** It belongs to the start state. */
  readonly isStart: boolean;
  readonly span: Span;
}

/**
 * Steps that a thread has been at, the last one first; `thread.reached` of them.
 * @param from how many to pass over
 * @param count how many to give at most
 */
export function historyRows(thread: Thread, from: number, count: number): HistoryRow[] {
  const { timeline, position } = thread;
  const { program } = timeline;
  const end = thread.reached - from;
  const rows: HistoryRow[] = [];
  timeline.scan(Math.max(0, end - count), Math.max(0, end), (index, result) => {
    const { step, passed } = result;
    const isHere = index === position.step && position.at !== "after";
    const isBefore = index < position.step || (index === position.step && !isHere);
    rows.push({
      step: index,
      statement: timeline.handMade(step) ?? statementText(program, step),
      outcome: stepOutcome(program.platform, result),
      passed,
      stated: passed ? undefined : (expectedWords(program, result) ?? "ok"),
      when: isHere ? "here" : isBefore ? "before" : "later",
      isStart: index < timeline.first,
      span: step.span,
    });
    return false;
  });
  return rows.reverse();
}
