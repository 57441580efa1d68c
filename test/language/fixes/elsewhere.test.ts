import assert from "node:assert/strict";
import { type Diagnostic, fixesFor, pageOf, parse, RULES } from "../../../engine/language/index.js";
import { check, FILE } from "./fixing.js";

/** The texts of the pages of all rules, and one where the statements of both versions stand side by side. */
const TEXTS = [...RULES.values()].flatMap((rule) => {
  const { of, raises } = pageOf(rule).example;
  return of === "config" ? [] : [raises];
});

/** Where the tokens of a text begin and end, and the place behind the last one. */
function placesIn(text: string): { readonly start: number; readonly end: number }[] {
  const { tokens } = parse(text);
  const places = Array.from({ length: tokens.length }, (_, index) => ({
    start: tokens.start(index),
    end: tokens.end(index),
  }));
  return [...places, { start: text.length, end: text.length }];
}

/**
 * An editor asks for the fixes of a finding that it was told of, and may have another text by then: what stands
 * at the place is not what the rule spoke of.
 */
describe("the fixes of a finding whose place has something else by now", () => {
  const FINDINGS = new Map<string, Diagnostic>();
  for (const text of TEXTS) for (const each of check(text).diagnostics) FINDINGS.set(each.code, each);

  for (const [code, finding] of FINDINGS) {
    it(`${code}: are edits of the text all the same, or none`, () => {
      for (const text of [...TEXTS.filter((_, index) => index % 9 === Number(code.slice(1)) % 9)]) {
        const { analysis } = check(text);
        for (const { start, end } of placesIn(text)) {
          for (const { edits } of fixesFor({ ...finding, span: { file: FILE, start, end } }, analysis)) {
            let last = 0;
            for (const edit of edits) {
              const length = analysis.program.sources.get(edit.file)?.length ?? 0;
              assert.ok(edit.start >= last && edit.end >= edit.start && edit.end <= length);
              last = edit.end;
            }
          }
        }
      }
    });
  }
});
