import { compile, type Diagnostic, type RunResult, runToEnd } from "../../../engine/language/index.js";
import type { Report, RunReport } from "../../../engine/report/index.js";
import { placeOf, programOf } from "../host.js";

/** A report in which nothing went wrong but what the files hold. */
export function whole(...files: readonly RunResult[]): RunReport {
  return { files, unreadable: [], isWhole: true };
}

/** The run of a text, and of the files that it imports by their names. */
export function runOf(
  text: string,
  file = "a.ioasid",
  others: Readonly<Record<string, string>> = {},
): RunResult {
  const texts = new Map(Object.entries({ [file]: text, ...others }));
  return runToEnd(
    compile(file, {
      read: (path) => texts.get(path) ?? { error: `There is no file "${path}".` },
      resolve: (_from, target) => target,
    }),
  );
}

export const TEXT = "bind nic\nbind wq0\n";

/** Something to say about a word of `TEXT`. */
export function about(word: string, more: Partial<Diagnostic> = {}): Diagnostic {
  return {
    code: "P003",
    severity: "error",
    message: `This is about ${word}.`,
    span: placeOf(TEXT, word),
    related: [],
    ...more,
  };
}

/** A report of a checked file that holds `TEXT`. */
export function reportOf(...diagnostics: readonly Diagnostic[]): Report {
  return { files: [{ program: programOf(TEXT), diagnostics }], unreadable: [], isWhole: true };
}

/** As many different findings as a generator may leave in one file. */
export function many(count: number): { text: string; diagnostics: Diagnostic[] } {
  const line = "attach nic pasid 70000 -> gva\n";
  const diagnostics = Array.from({ length: count }, (_, index): Diagnostic => {
    const start = index * line.length;
    const span = { file: "a.ioasid", start, end: start + line.length - 1 };
    const related = [{ span: { file: "a.ioasid", start: 0, end: 6 }, message: "nic decides the width" }];
    return { code: "P003", severity: "error", message: `Finding ${index}.`, span, related };
  });
  return { text: line.repeat(count), diagnostics };
}
