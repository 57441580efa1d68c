import type { Program, Span, StepResult } from "../language/index.js";
import { expectedWords, statementText, stepOutcome } from "../report/index.js";

/** A step that did not come to what it states. */
export interface Failure {
  readonly span: Span;
  /** The statement on one line, without its `=> …`. */
  readonly statement: string;
  /** What it states, and what came of it, in the words of the language. */
  readonly expected: string;
  readonly actual: string;
  /** Full sentences: why. */
  readonly reasons: readonly string[];
}

/** The steps that did not come to what they state; a step that states nothing has to succeed. */
export function failuresAmong(program: Program, steps: readonly StepResult[]): Failure[] {
  return steps
    .filter(({ passed }) => !passed)
    .map((result) => ({
      span: result.step.span,
      statement: statementText(program, result.step),
      expected: expectedWords(program, result) ?? "ok",
      actual: stepOutcome(program.platform, result),
      reasons: result.diagnostics.map(({ message }) => message),
    }));
}
