import assert from "node:assert/strict";
import {
  analyze,
  applyEdits,
  type Checked,
  type Diagnostic,
  type Fix,
  fixesFor,
  type Host,
  runToEnd,
} from "../../../engine/language/index.js";

export const FILE = "self.ioasid";

/** A text that is compiled and run, beside an import that is written for the other version. */
export function check(text: string): Checked {
  const host: Host = {
    read: (path) => {
      if (path === FILE) return text;
      return path === "v1.ioasid" ? "uapi v1\n" : { error: `There is no file "${path}".` };
    },
    resolve: (_from, target) => target,
  };
  const analysis = analyze(FILE, host);
  return { analysis, diagnostics: runToEnd(analysis.program).diagnostics };
}

/** A fix with the finding that it is for. */
export interface Offered {
  readonly diagnostic: Diagnostic;
  readonly fix: Fix;
}

/** Every fix of every finding of a text, in order. @param code of one rule, or of all */
export function fixesIn(found: Checked, code?: string): Offered[] {
  return found.diagnostics
    .filter((diagnostic) => code === undefined || diagnostic.code === code)
    .flatMap((diagnostic) => fixesFor(diagnostic, found.analysis).map((fix) => ({ diagnostic, fix })));
}

/** A finding of one code for which there is no place in the text any more. */
export function isGone(before: Checked, after: Checked, { code }: Diagnostic): boolean {
  const count = ({ diagnostics }: Checked) =>
    diagnostics.filter((each) => each.code === code && each.severity !== "hint").length;
  return count(after) < count(before);
}

export function applied(text: string, { edits }: Fix): string {
  return applyEdits(text, edits);
}

/** The lines that the first fix of a rule, or the `nth`, takes away and adds, without their indentation. */
export function change(text: string, code: string, nth = 0): string[] {
  const offered = fixesIn(check(text), code)[nth];
  assert.ok(offered, "a fix is offered");
  const after = applied(text, offered.fix).split("\n");
  const before = text.split("\n");
  const gone = before.filter((line) => !after.includes(line)).map((line) => `- ${line.trim()}`);
  const come = after.filter((line) => !before.includes(line)).map((line) => `+ ${line.trim()}`);
  return [...gone, ...come];
}
