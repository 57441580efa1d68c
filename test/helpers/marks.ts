import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Diagnostic, Severity } from "../../engine/language/diagnostic.js";
import { compile, type Host, runToEnd } from "../../engine/language/index.js";
import type { RunResult, StepResult } from "../../engine/language/run/result.js";
import { assertionText, outcomeText } from "../../engine/language/run/words.js";

/** The folder of the repository; the tests run from dist/out. */
export const root = fileURLToPath(new URL("../../../../", import.meta.url)).replace(/\/$/, "");

const host: Host = {
  read: (path) => {
    try {
      return readFileSync(path, "utf8");
    } catch (error) {
      return { error: String(error) };
    }
  },
  resolve: (from, target) => resolve(dirname(from), target),
};

/** Compiles a file and runs its start state and all its scenarios. */
export function runFile(path: string): RunResult {
  return runToEnd(compile(path, host));
}

/** The same for a text that stands in a test; it can import nothing. */
export function runText(text: string): RunResult {
  const read = (path: string) => (path === "test.ioasid" ? text : { error: "there is only one file" });
  return runToEnd(compile("test.ioasid", { read, resolve: (_from, target) => target }));
}

/**
 * A diagnostic that a fixture announces: a comment under the place, with carets for its columns.
 *
 *     map gva 0x0 + 4K -> ram
 * //  ^^^^^^^^^^^^^^^^^^^^^^^ P023 error
 *
 * One comment line holds one mark; several such lines may follow each other and all speak of the line
 * above them. Where the place begins left of where a comment can have carets, `//<` stands for "from the
 * first word of the line": `//<^^^^^^ C003 error`, with as many carets as the place is wide.
 */
export interface Mark {
  /** Counted from 1, as editors do. */
  readonly line: number;
  /** Columns counted from 1, UTF-16; `end` exclusive, cut at the end of the line. */
  readonly start: number;
  readonly end: number;
  readonly code: string;
  readonly severity: Severity;
}

const MARK = /^(\s*)\/\/(<?)(\s*)(\^+)\s+([A-Z]\d{3})\s+(error|warning|information|hint)\b/;

/** All marks of a fixture's text, in the order in which they are written. */
export function marksIn(text: string): Mark[] {
  const marks: Mark[] = [];
  let above = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const match = MARK.exec(line);
    if (!match) {
      above = index;
      continue;
    }
    const [, indent = "", first, gap = "", carets = "", code = "", severity] = match;
    const target = text.split("\n")[above] ?? "";
    const start = first ? target.search(/\S/) + 1 : indent.length + 2 + gap.length + 1;
    marks.push({ line: above + 1, start, end: start + carets.length, code, severity: severity as Severity });
  }
  return marks;
}

/** The marks that would announce these diagnostics of one file, each place once. */
export function marksFor(diagnostics: readonly Diagnostic[], file: string, text: string): Mark[] {
  const marks = new Map<string, Mark>();
  for (const diagnostic of diagnostics) {
    if (diagnostic.span.file !== file) continue;
    const mark = markOf(diagnostic, text);
    marks.set(words(mark), mark);
  }
  return [...marks.values()];
}

/**
 * Everything in which a run differs from what its file states, as lines that a person can act on: wrong
 * outcomes and assertions, diagnostics without a mark (errors and warnings), marks without a diagnostic,
 * and expectations that were never run, because the parser lost them. Empty when all is as stated.
 */
export function disagreements(run: RunResult): string[] {
  const { file, sources } = run.program;
  const text = sources.get(file) ?? "";
  const steps = [...run.start, ...run.scenarios.flatMap((scenario) => scenario.steps)];
  return [
    ...steps.filter((step) => !step.passed && !announced(run, step)).map((step) => wrongStep(run, step)),
    ...lostExpectations(steps, file, text),
    ...wrongMarks(run.diagnostics, file, text),
  ];
}

/** A mark speaks of the step's own error, so the file does state it. */
function announced(run: RunResult, result: StepResult): boolean {
  const { file, start } = result.step.span;
  const source = run.program.sources.get(file) ?? "";
  const { line } = positionAt(source, start);
  return marksIn(source).some((mark) => mark.line === line && mark.severity === "error");
}

function wrongStep(run: RunResult, result: StepResult): string {
  const { file, start, end } = result.step.span;
  const source = run.program.sources.get(file) ?? "";
  const said = source.slice(start, end);
  const { platform } = run.program;
  const found = result.outcome
    ? outcomeText(platform, result.outcome)
    : result.step.kind === "assertion"
      ? `not so: ${assertionText(platform, result.step.assertion)} ${JSON.stringify(result.assertion)}`
      : "nothing";
  return `${file}:${positionAt(source, start).line}: ${said}\n      came to: ${found}`;
}

function lostExpectations(steps: readonly StepResult[], file: string, text: string): string[] {
  const ran = new Set<number>();
  for (const { step } of steps) {
    if (step.span.file === file && (step.expectation || step.kind === "assertion")) {
      ran.add(positionAt(text, step.span.end - 1).line);
    }
  }
  const lost: string[] = [];
  for (const [index, line] of withoutComments(text).split("\n").entries()) {
    if (/=>|\bassert\b/.test(line) && !ran.has(index + 1))
      lost.push(`${file}:${index + 1}: never ran: ${line.trim()}`);
  }
  return lost;
}

function wrongMarks(diagnostics: readonly Diagnostic[], file: string, text: string): string[] {
  const wanted = marksIn(text);
  const found = marksFor(diagnostics, file, text);
  const key = (mark: Mark) => words(mark);
  const foundKeys = new Set(found.map(key));
  const wantedKeys = new Set(wanted.map(key));
  const message = (mark: Mark) =>
    diagnostics.find((each) => each.span.file === file && key(markOf(each, text)) === key(mark))?.message ??
    "";
  return [
    ...wanted
      .filter((mark) => !foundKeys.has(key(mark)))
      .map((mark) => `${file}:${key(mark)}: was not reported`),
    ...found
      .filter((mark) => mark.severity === "error" || mark.severity === "warning")
      .filter((mark) => !wantedKeys.has(key(mark)))
      .map((mark) => `${file}:${key(mark)}: is not marked: ${message(mark)}`),
    ...diagnostics
      .filter((each) => each.span.file !== file && (each.severity === "error" || each.severity === "warning"))
      .map((each) => `${each.span.file}: ${each.code} ${each.severity}: ${each.message}`),
  ];
}

function markOf(diagnostic: Diagnostic, text: string): Mark {
  const { code, severity, span } = diagnostic;
  const { line, column } = positionAt(text, span.start);
  const newline = text.indexOf("\n", span.start);
  const end = Math.min(span.end, newline < 0 ? text.length : newline);
  return { line, start: column, end: column + Math.max(end - span.start, 1), code, severity };
}

function words(mark: Mark): string {
  return `${mark.line}:${mark.start}-${mark.end} ${mark.code} ${mark.severity}`;
}

function positionAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - (before.lastIndexOf("\n") + 1) + 1 };
}

/** Comments become spaces, so that lines and columns stay. */
function withoutComments(text: string): string {
  const blank = (comment: string) => comment.replace(/[^\n]/g, " ");
  return text.replace(/"[^"\n]*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (found) =>
    found[0] === '"' ? `"${blank(found.slice(2))}"` : blank(found),
  );
}
