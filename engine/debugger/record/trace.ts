import { Places, type StepJson, statementText, stepJson, stepOutcome } from "../../report/index.js";
import { stepsRun } from "../position.js";
import type { Thread } from "../thread.js";

/** Raised when a field changes its meaning or goes away; a new field does not raise it. */
const VERSION = 1;

/** What happened up to a position, as plain values. */
export interface TraceJson {
  readonly version: number;
  readonly file: string;
  readonly scenario: string;
  readonly steps: readonly (StepJson & {
    /** Where the step was written by hand in the debugger, its text is what it does. */
    readonly byHand: boolean;
  })[];
}

/** The steps of the scenario up to a thread's position, that of the position too where it is inside its walk. */
export function traceJson(thread: Thread): TraceJson {
  const { timeline } = thread;
  const { program, scenario } = timeline;
  const places = new Places(program);
  const steps = indices(thread).map((index) => {
    const text = timeline.handMade(timeline.steps[index]!);
    const step = stepJson(program, places, timeline.result(index));
    return { ...step, ...(text !== undefined && { text }), byHand: text !== undefined };
  });
  return { version: VERSION, file: program.file, scenario: scenario.title, steps };
}

/** The same for a person: each step with its place, its outcome, and the stages of its walk. */
export function traceText(thread: Thread): string {
  const { timeline } = thread;
  const { program, scenario } = timeline;
  const places = new Places(program);
  const lines = [`${program.file}: scenario "${scenario.title}"`];
  for (const index of indices(thread)) {
    const result = timeline.result(index);
    const { step, outcome, diagnostics } = result;
    const byHand = timeline.handMade(step);
    const place = byHand === undefined ? `line ${places.startOf(step.span).line + 1}` : "by hand";
    const words = byHand ?? statementText(program, step);
    lines.push(`${place}: ${words} => ${stepOutcome(program.platform, result)}`);
    for (const { kind, text } of outcome?.stages ?? []) lines.push(`    ${kind}: ${text}`);
    for (const { code, message } of diagnostics) lines.push(`    ${code}: ${message}`);
  }
  return `${lines.join("\n")}\n`;
}

function indices({ timeline, position }: Thread): number[] {
  const end = Math.min(stepsRun(position) + (typeof position.at === "number" ? 1 : 0), timeline.length);
  return Array.from({ length: Math.max(0, end - timeline.first) }, (_, index) => timeline.first + index);
}
