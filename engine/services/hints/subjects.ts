import { type Analysis, type Program, type RunResult, type StepPlace, syntax } from "../../language/index.js";

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

type Index = ReadonlyMap<string, readonly Located[]>;

const NONE: readonly Located[] = Object.freeze([]);

/** By run and by program: built once, when the first screenful is asked for. */
const steps = new WeakMap<RunResult, Index>();
const declarations = new WeakMap<Program, Index>();

/** The steps of a run in a part of a file, in text order. */
export function stepsIn(run: RunResult, file: string, start: number, end: number): readonly Located[] {
  return between(indexOf(steps, run, () => locatedSteps(run)).get(file) ?? NONE, start, end);
}

/** The memories and mdevs that are declared in a part of a file. */
export function declarationsIn(
  program: Program,
  file: string,
  start: number,
  end: number,
): readonly Located[] {
  const index = indexOf(declarations, program, () => locatedDeclarations(program));
  return between(index.get(file) ?? NONE, start, end);
}

/**
 * Where the hints of a statement stand: behind it and its outcome. Behind the first line of one whose braces
 * go on over several.
 */
export function placeBehind(
  { symbols, trees }: Analysis,
  file: string,
  { headEnd, end, subject }: Located,
): number {
  const tokens = trees.get(file)?.tokens;
  if (!tokens || subject.kind === "memory") return end;
  if (subject.kind === "step") {
    const body = behindBody(tokens, headEnd);
    if (!body) return end;
    return body.isClosed ? Math.max(body.end, end) : body.end;
  }
  const whole = symbols.at(file, headEnd)?.definition.statement.end ?? end;
  return behindDeclaration(tokens, headEnd, whole);
}

function indexOf<K extends object>(cache: WeakMap<K, Index>, key: K, build: () => Index): Index {
  let index = cache.get(key);
  if (!index) {
    index = build();
    cache.set(key, index);
  }
  return index;
}

function locatedSteps(run: RunResult): Index {
  const index = new Map<string, Located[]>();
  const { start, origins } = run.program;
  start.forEach(({ span, origin }, step) => {
    const headEnd = origins[origin]?.end ?? span.end;
    put(index, span.file, { ...span, headEnd, subject: { kind: "step", scenario: undefined, step } });
  });
  run.scenarios.forEach(({ scenario }, number) => {
    scenario.steps.forEach(({ span, origin }, step) => {
      const headEnd = origins[origin]?.end ?? span.end;
      put(index, span.file, { ...span, headEnd, subject: { kind: "step", scenario: number, step } });
    });
  });
  return sorted(index);
}

function locatedDeclarations({ platform, origins }: Program): Index {
  const index = new Map<string, Located[]>();
  platform.memories.forEach(({ origin }, memory) => {
    const span = origins[origin];
    if (span)
      put(index, span.file, { ...span, headEnd: span.end, subject: { kind: "memory", index: memory } });
  });
  platform.devices.forEach(({ origin, kind }, device) => {
    const span = kind === "mdev" ? origins[origin] : undefined;
    if (span) put(index, span.file, { ...span, headEnd: span.end, subject: { kind: "mdev", index: device } });
  });
  return sorted(index);
}

function put(index: Map<string, Located[]>, file: string, located: Located): void {
  const list = index.get(file);
  if (list) list.push(located);
  else index.set(file, [located]);
}

function sorted(index: Map<string, Located[]>): Index {
  for (const list of index.values()) list.sort((a, b) => a.start - b.start);
  return index;
}

/** Those that begin up to `end` and do not end before `start`; statements do not lie inside each other. */
function between(list: readonly Located[], start: number, end: number): readonly Located[] {
  let first = firstFrom(list, start);
  while (first > 0 && list[first - 1]!.end >= start) first -= 1;
  return list.slice(first, firstFrom(list, end + 1));
}

/** Index of the first one that begins at an offset or behind it. */
function firstFrom(list: readonly Located[], offset: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Tokens = syntax.TokenList;

/**
 * The end of the braces that follow a head, or of their first line where they go on over several;
 * `undefined` where no braces follow.
 */
function behindBody(
  tokens: Tokens,
  headEnd: number,
): { readonly end: number; readonly isClosed: boolean } | undefined {
  let depth = 0;
  let last = headEnd;
  for (let at = tokens.at(headEnd); at < tokens.length; at++) {
    if (tokens.kind(at) <= syntax.LAST_TRIVIA) {
      if (depth > 0 && tokens.detail(at) === syntax.BREAKS_LINE) return { end: last, isClosed: false };
      continue;
    }
    const text = tokens.end(at) - tokens.start(at) === 1 ? tokens.textOf(at) : "";
    if (text === "{") depth += 1;
    if (text === "}") depth -= 1;
    last = tokens.end(at);
    if (depth <= 0) return text === "}" && depth === 0 ? { end: last, isClosed: true } : undefined;
  }
  return undefined;
}

/** The end of a declaration, or of its first line where it goes on over several. */
function behindDeclaration(tokens: Tokens, headEnd: number, end: number): number {
  let last = headEnd;
  for (let at = tokens.at(headEnd); at < tokens.length && tokens.start(at) < end; at++) {
    if (tokens.kind(at) > syntax.LAST_TRIVIA) last = tokens.end(at);
    else if (tokens.detail(at) === syntax.BREAKS_LINE) return last;
  }
  return last;
}
