import { Thread, Timeline } from "../../engine/debugger/index.js";
import { statementText, stepOutcome } from "../../engine/report/index.js";
import { viewOf } from "../services/view.js";

/** The thread of the first scenario of a text. */
export function threadOf(text: string): Thread {
  const { program } = viewOf(text).analysis;
  return new Thread(1, new Timeline(program, program.scenarios[0]!));
}

/** Where a thread stands, on one line: why, the statement, and the stage or the outcome. */
export function standing({ position, stopped, timeline, stages, result, isAtEnd }: Thread): string {
  const why = stopped.text === "" ? stopped.reason : `${stopped.reason}: ${stopped.text}`;
  if (isAtEnd || !result) return `${why} | end`;
  const words = statementText(timeline.program, timeline.steps[position.step]!);
  if (position.at === "before") return `${why} | ${words}`;
  if (position.at === "after") {
    return `${why} | ${words} | done: ${stepOutcome(timeline.program.platform, result)}`;
  }
  const stage = stages[position.at];
  return `${why} | ${words} | ${stage?.kind}: ${stage?.text}`;
}
