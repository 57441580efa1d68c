import { outcomeText, type Program, type Step, type StepResult, syntax } from "../../language/index.js";
import { statementText, stepOutcome } from "../../report/index.js";
import { stepsRun } from "../position.js";
import type { Problem } from "../query/answer.js";
import type { Thread } from "../thread.js";

/** A scenario that was written from what happened. */
export interface SavedScenario {
  readonly title: string;
  /** The whole block, with a line end. */
  readonly text: string;
}

/** Statements that may stand in the body of a space, where they do not name it. */
const IN_BODY = new Set(["map", "pte", "entry"]);

/** What makes a space, which may have a body. */
const MAKING = new Set(["ioasid", "ioas", "hwpt"]);

/**
 * Writes the steps of a scenario up to a thread's position as a new scenario, each with what came of it after
 * `=>`, so that it passes. What a person made by hand is part of it.
 * @param title of the new one; the old one with a number behind it when left out
 */
export function savedScenario(thread: Thread, title = freeTitle(thread)): SavedScenario | Problem {
  const { timeline, position } = thread;
  const { program, steps, first } = timeline;
  const end = Math.min(stepsRun(position), timeline.length);
  if (end <= first) return { problem: "No step of the scenario has run yet, so there is nothing to save." };
  const lines = steps
    .slice(0, first)
    .flatMap((step) => timeline.handMade(step) ?? [])
    .map((text) => `// In the start state by hand: ${text}`);
  const allowed = new Allowed(thread);
  const names = new Map<number, string>();
  timeline.scan(first, end, (index, result) => {
    const step = steps[index]!;
    const byHand = timeline.handMade(step);
    if (byHand === undefined) lines.push(...allowed.before(step));
    lines.push(lineOf(program, result, byHand ?? written(program, step, names)));
    return false;
  });
  const body = lines.map((line) => `  ${line}`).join("\n");
  return { title, text: `scenario "${title}" {\n${body}\n}\n` };
}

/** A statement that stands by itself: one of a body names its space. */
function written(program: Program, step: Step, names: Map<number, string>): string {
  const text = statementText(program, step);
  if (step.kind !== "operation") return text;
  const { operation } = step;
  const [verb = "", second = "", ...rest] = text.split(" ");
  const space = operation.kind === "entry" ? operation.table : spaceOf(operation);
  if (MAKING.has(operation.kind)) names.set(space, second);
  const name = names.get(space);
  const isInBody = IN_BODY.has(verb) && /^\d/.test(second) && name !== undefined;
  return isInBody ? [verb, name, second, ...rest].join(" ") : text;
}

function spaceOf(operation: object): number {
  return "space" in operation && typeof operation.space === "number" ? operation.space : -1;
}

function lineOf({ platform }: Program, result: StepResult, text: string): string {
  const { step, outcome, passed } = result;
  if (!outcome)
    return passed ? text : `// Does not hold here, it is ${stepOutcome(platform, result)}: ${text}`;
  if (outcome.kind === "responded") {
    const words = new Set(outcome.resumed.map((each) => outcomeText(platform, each, step.expectation)));
    // One outcome is for all the requests that a response resumes.
    if (words.size > 1) return `// ${[...words].join(", ")}: ${text}`;
  }
  const words = stepOutcome(platform, result);
  return words === "ok" && !step.expectation ? text : `${text} => ${words}`;
}

/** `first`, `first 2`, `first 3`, …: the first one that no scenario of the program has. */
function freeTitle({ timeline: { program, scenario } }: Thread): string {
  const taken = new Set(program.scenarios.map(({ title }) => title));
  for (let number = 2; ; number += 1) {
    const title = `${scenario.title} ${number}`;
    if (!taken.has(title)) return title;
  }
}

/** The `allow` lines of a scenario, which are no steps, in their places between the steps. */
class Allowed {
  private readonly lines: { readonly start: number; readonly text: string }[];

  constructor({ timeline: { program, scenario } }: Thread) {
    const { file, start } = scenario.span;
    const text = program.sources.get(file)!;
    const items = syntax.parse(text).items;
    const own = items.find((item) => item.kind === "scenario" && (item.title ?? item).start === start);
    const found = own?.kind === "scenario" ? own.steps : [];
    this.lines = found.flatMap((each) =>
      each.kind === "allow" ? [{ start: each.start, text: text.slice(each.start, each.end) }] : [],
    );
  }

  /** Those that stand before a step, and were not given yet. */
  before({ span }: Step): string[] {
    const count = this.lines.findIndex(({ start }) => start > span.start);
    return this.lines.splice(0, count < 0 ? this.lines.length : count).map(({ text }) => text);
  }
}
