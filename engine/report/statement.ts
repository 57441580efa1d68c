import type { Program, Span, Step, StepResult } from "../language/index.js";

/** A statement as its author wrote it, on one line, without its comments and its `=> …`. */
export function statementText(program: Program, step: Step): string {
  const end = step.expectation ? step.expectation.span.start : step.span.end;
  return oneLine(sliceOf(program, { ...step.span, end })).replace(/\s*=>\s*$/, "");
}

/**
 * What a step had to come to: as its author wrote it after `=>`, or the value of an assertion;
 * `undefined` where nothing was stated.
 */
export function expectedWords(program: Program, { step, assertion }: StepResult): string | undefined {
  if (assertion?.kind === "value") return assertion.expected;
  if (assertion) return assertion.kind === "isolated" ? "isolated" : "reached";
  return step.expectation && oneLine(sliceOf(program, step.expectation.span)).replace(/^=>\s*/, "");
}

function sliceOf(program: Program, span: Span): string {
  return program.sources.get(span.file)?.slice(span.start, span.end) ?? "";
}

/** Steps hold no strings, so that a comment sign is always a comment. */
function oneLine(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\r\n]*/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
