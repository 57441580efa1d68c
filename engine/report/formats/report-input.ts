import type { Diagnostic, Program, RunResult, Severity } from "../../language/index.js";

/** A checked file: what the formats for machines need of a program or of a run. */
export interface Checked {
  readonly program: Program;
  readonly diagnostics: readonly Diagnostic[];
}

/** A file that was named and could not be read, with a sentence that says why. */
export interface Unreadable {
  readonly file: string;
  readonly message: string;
}

/** One call of the program, as the formats for machines see it. */
export interface Report<F extends Checked = Checked> {
  readonly files: readonly F[];
  readonly unreadable: readonly Unreadable[];
  /** False when a signal stopped the run: the files hold what ran until then. */
  readonly isWhole: boolean;
}

/** A report of runs, for the formats that list scenarios. */
export type RunReport = Report<RunResult>;

/** A diagnostic with the program in whose text its place is. */
export interface Shown {
  readonly program: Program;
  readonly diagnostic: Diagnostic;
}

/**
 * Everything in a report that a person has to read, in the order of the files: hints are left out, since
 * they only say that a stated outcome came about, and what several files find in one import is said once.
 */
export function shownDiagnostics(files: readonly Checked[]): Shown[] {
  const seen = new Set<string>();
  return files.flatMap(({ program, diagnostics }) =>
    diagnostics.flatMap((diagnostic) => {
      if (diagnostic.severity === "hint") return [];
      const { code, span, message, scenario } = diagnostic;
      const key = JSON.stringify([span.file, span.start, span.end, code, message, scenario]);
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ program, diagnostic }];
    }),
  );
}

/** What a severity is called in SARIF levels; `none` where nothing is shown. */
export const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note" | "none">> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "none",
};
