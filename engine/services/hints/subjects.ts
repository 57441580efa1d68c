import {
  type Analysis,
  type Program,
  type RunResult,
  type Step,
  type StepPlace,
  syntax,
} from "../../language/index.js";
import type { TextRange } from "../view.js";

/** What a hint is about. */
export type HintSubject =
  | ({ readonly kind: "step" } & StepPlace)
  /** `index` in the platform's memories, or in its devices. */
  | { readonly kind: "memory" | "mdev"; readonly index: number };

/** A statement that may have hints, and the end of its first part: without its body and its outcome. */
export interface Located {
  readonly start: number;
  readonly headEnd: number;
  /** With its outcome, without its body. */
  readonly end: number;
  readonly subject: HintSubject;
}

/**
 * The steps of a run that begin or end in a part of a file, in text order. All of them are looked at: that
 * takes less time than to keep an index of each run, of which most are never asked.
 */
export function stepsIn(run: RunResult, file: string, range: TextRange): Located[] {
  const { start, origins, sources } = run.program;
  // The braces behind a head are no part of its span, but end on its line, or its hint stands there.
  const first = lineStart(sources.get(file) ?? "", range.start);
  const found: Located[] = [];
  const look = (steps: readonly Step[], scenario: number | undefined): void => {
    for (let step = 0; step < steps.length; step++) {
      const { span, origin } = steps[step]!;
      if (span.start > range.end || span.end < first || span.file !== file) continue;
      const headEnd = origins[origin]?.end ?? span.end;
      found.push({ ...span, headEnd, subject: { kind: "step", scenario, step } });
    }
  };
  look(start, undefined);
  for (const [index, { scenario }] of run.scenarios.entries()) look(scenario.steps, index);
  return found;
}

/** The memories and mdevs that are declared in a part of a file. */
export function declarationsIn({ platform, origins }: Program, file: string, range: TextRange): Located[] {
  const found: Located[] = [];
  const look = (kind: "memory" | "mdev", origin: number, index: number): void => {
    const span = origins[origin];
    if (!span || span.start > range.end || span.file !== file) return;
    // What is known of an mdev ends with its name; where its hint stands is known when it is placed.
    if (kind === "memory" && span.end < range.start) return;
    found.push({ ...span, headEnd: span.end, subject: { kind, index } });
  };
  for (const [index, { origin }] of platform.memories.entries()) look("memory", origin, index);
  for (const [index, { origin, kind }] of platform.devices.entries())
    if (kind === "mdev") look(kind, origin, index);
  return found;
}

/**
 * Where the hints of a statement stand: behind it and its outcome. Behind the first line of one whose braces
 * go on over several.
 */
export function placeBehind({ trees }: Analysis, file: string, { headEnd, end, subject }: Located): number {
  const tokens = trees.get(file)?.tokens;
  if (!tokens || subject.kind === "memory") return end;
  const body = behindBody(tokens, headEnd, subject.kind === "mdev");
  if (!body) return end;
  return body.isClosed ? Math.max(body.end, end) : body.end;
}

/**
 * The end of the braces that follow a head, or of their first line where they go on over several;
 * `undefined` where no braces follow.
 * @param apart whether other words may stand between the two
 */
function behindBody(
  tokens: syntax.TokenList,
  headEnd: number,
  apart: boolean,
): { readonly end: number; readonly isClosed: boolean } | undefined {
  let depth = 0;
  let last = headEnd;
  for (let at = tokens.at(headEnd); at < tokens.length; at++) {
    if (tokens.kind(at) <= syntax.LAST_TRIVIA) {
      const isBreak = tokens.detail(at) === syntax.BREAKS_LINE;
      if (isBreak && (depth > 0 || apart)) return { end: last, isClosed: false };
      continue;
    }
    const text = tokens.end(at) - tokens.start(at) === 1 ? tokens.textOf(at) : "";
    if (text === "{") depth += 1;
    else if (text === "}") depth -= 1;
    else if (depth === 0 && !apart) return undefined;
    if (depth < 0) return undefined;
    last = tokens.end(at);
    if (text === "}" && depth === 0) return { end: last, isClosed: true };
  }
  return undefined;
}

/** Offset at which the line of an offset begins. */
function lineStart(text: string, offset: number): number {
  let at = Math.min(offset, text.length);
  while (at > 0 && text[at - 1] !== "\n" && text[at - 1] !== "\r") at -= 1;
  return at;
}
