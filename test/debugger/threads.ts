import { Thread, Timeline } from "../../engine/debugger/index.js";
import { statementText, stepOutcome } from "../../engine/report/index.js";
import { viewOf } from "../services/view.js";

/** The thread of a scenario of a text; of the first one, when none is named. */
export function threadOf(text: string, title?: string): Thread {
  const { program } = viewOf(text).analysis;
  const scenario = program.scenarios.find((each) => title === undefined || each.title === title);
  if (!scenario) throw new Error(`There is no scenario "${title}".`);
  return new Thread(1, new Timeline(program, scenario));
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
