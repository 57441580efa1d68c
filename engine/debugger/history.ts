import { type LoggedStep, loggedSteps } from "./step-log.js";
import type { Thread } from "./thread.js";

/** A step that a thread has been at, and what came of it. */
export interface HistoryRow extends LoggedStep {
  /** "here": the thread stands before it, or in it; "later": it ran before the thread went back. */
  readonly when: "before" | "here" | "later";
  /** It belongs to the start state. */
  readonly isStart: boolean;
}

/**
 * Steps that a thread has been at, the last one first; `thread.reached` of them.
 * @param from how many to pass over
 * @param count how many to give at most
 */
export function historyRows(thread: Thread, from: number, count: number): HistoryRow[] {
  const { timeline, position } = thread;
  const end = Math.max(0, thread.reached - from);
  const rows = loggedSteps(timeline, Math.max(0, end - count), end).map((logged): HistoryRow => {
    const isHere = logged.step === position.step && position.at !== "after";
    const isBefore = logged.step < position.step || (logged.step === position.step && !isHere);
    return {
      ...logged,
      when: isHere ? "here" : isBefore ? "before" : "later",
      isStart: logged.step < timeline.first,
    };
  });
  return rows.reverse();
}
