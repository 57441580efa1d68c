import { Places, statementText } from "../report/index.js";
import type { Machine } from "../simulator/index.js";
import { type Conditions, isMet } from "./breakpoints.js";
import { type Answer, type AnswerLine, isProblem, type Problem } from "./query/answer.js";
import { COMMANDS } from "./query/commands.js";
import { evaluate } from "./query/evaluate.js";
import { FACTS } from "./query/facts.js";
import { QueryReader } from "./query/reader.js";
import { queryTokens } from "./query/tokens.js";
import type { Change, Stop, StopAtChange } from "./stops.js";
import { Thread } from "./thread.js";

/** Lines of a difference that the text of a stop tells; the others are counted. */
const TOLD = 3;

/**
 * Why the answer of a query cannot be watched: it has none, or it says nothing of the machine.
 * @returns `undefined` where a data breakpoint can be set on it
 */
export function watchProblem(query: string, thread: Thread): string | undefined {
  const words = queryTokens(query).flatMap(({ kind, text }) => (kind === "word" ? [text] : []));
  const ofStatement = words.find((word) => Object.hasOwn(FACTS, word) || word === "diff");
  if (ofStatement !== undefined) {
    return `"${ofStatement}" says something of a statement. A data breakpoint watches the machine: ${EXAMPLES}.`;
  }
  const { machine } = thread;
  const reader = new QueryReader("", machine);
  const asks = words.some(
    (word) =>
      Object.hasOwn(COMMANDS, word) || reader.space(word) !== undefined || reader.process(word) !== undefined,
  );
  const answer = evaluate(query, thread, machine);
  if (isProblem(answer)) return answer.problem;
  return asks ? undefined : `Nothing can change "${query.trim()}". What can be watched: ${EXAMPLES}.`;
}

const EXAMPLES = "entry DEV N, page SPACE ADDRESS, kvm OWNER N, who writes REGION, a space or a process";

/** Stops after the step that changes the answer of a query, and says which one it was. */
export class DataBreakpoint implements StopAtChange {
  readonly comparesStates = true;
  private hits = 0;

  constructor(
    readonly id: number,
    private readonly query: string,
    private readonly conditions: Conditions = {},
  ) {}

  check(done: Change): Stop | undefined {
    const { before, after, timeline, index, backward } = done;
    if (isShared(before.machine, after.machine)) return undefined;
    const thread = new Thread(0, timeline);
    const change = difference(
      evaluate(this.query, thread, before.machine),
      evaluate(this.query, thread, after.machine),
    );
    if (change === undefined) return undefined;
    // The step has run, so a condition is asked of the machine that it left.
    const coming = { timeline, index, backward, snapshot: () => after };
    if (this.conditions.holds?.(coming) === false) return undefined;
    if (!backward) {
      this.hits += 1;
      if (!isMet(this.conditions.hits, this.hits)) return undefined;
    }
    const text = `${author(done)} changed \`${this.query}\`${change}.`;
    return { reason: "data breakpoint", text, breakpoints: [this.id] };
  }
}

/** Nothing was written between two forks of a machine: both still hold the same nodes. */
function isShared(a: Machine, b: Machine): boolean {
  return (
    a.devices === b.devices &&
    a.owners === b.owners &&
    a.spaces === b.spaces &&
    a.processPasids === b.processPasids
  );
}

/** What is different between two answers, in words; `undefined` where nothing is. */
function difference(was: Answer | Problem, now: Answer | Problem): string | undefined {
  const [old, fresh] = [linesOf(was), linesOf(now)];
  const told = [
    ...missing(old, fresh).map((line) => `${line} is gone`),
    ...missing(fresh, old).map((line) => `${line} is new`),
  ];
  const isShort = old.length <= 1 || fresh.length <= 1 || told.length === 0;
  if (isShort && textOf(was) !== textOf(now)) return ` from "${textOf(was)}" to "${textOf(now)}"`;
  if (told.length === 0) return undefined;
  const left = told.length - TOLD;
  return `: ${told.slice(0, TOLD).join("; ")}${left > 0 ? `; and ${left} more` : ""}`;
}

function textOf(answer: Answer | Problem): string {
  return isProblem(answer) ? "nothing" : answer.text;
}

function linesOf(answer: Answer | Problem): readonly string[] {
  if (isProblem(answer) || !answer.lines) return [];
  return answer.lines.map(({ name, value }: AnswerLine) => `${name} ${value}`);
}

function missing(these: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return these.filter((line) => !known.has(line));
}

/** The statement that has just run, with its place. */
function author({ timeline, index }: Change): string {
  const { program } = timeline;
  const step = timeline.steps[index]!;
  const byHand = timeline.handMade(step);
  if (byHand !== undefined) return `\`${byHand}\`, made by hand,`;
  const line = new Places(program).startOf(step.span).line + 1;
  return `\`${statementText(program, step)}\` (${step.span.file}:${line})`;
}
