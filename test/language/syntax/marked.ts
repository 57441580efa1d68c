import assert from "node:assert/strict";
import { lineMap, parse, type SourceFile } from "../../../engine/language/syntax/index.js";

const MARK = /^\s*\/\/[ ]*(\^+|<)[ ]*(S\d{3})(?::[ ]*(.*))?$/;

/**
 * Parses a text in which comment lines mark the expected issues: carets below the place, the rule, and
 * after a colon some facts that the issue must have. `//<S011` stands for the first columns of the line.
 * Whatever is found without a mark, and whatever is marked and not found, fails the test.
 *
 *     attach nic ->
 *     //         ^^ S011: a space
 */
export function parseMarked(text: string): SourceFile {
  const lines = text.split("\n");
  const expected: string[] = [];
  let line = 0;
  lines.forEach((content, index) => {
    const match = MARK.exec(content);
    if (match === null) {
      line = index;
      return;
    }
    const [, carets, rule, facts] = match;
    const column = carets === "<" ? 0 : content.indexOf("^");
    const length = carets === "<" ? 0 : carets!.length;
    expected.push([line, column, length, rule, facts ?? ""].join(" "));
  });
  const file = parse(text);
  const places = lineMap(text);
  const found = file.issues.map(({ rule, start, end, facts }, index) => {
    const { line, character } = places.position(start);
    const marked = expected[index]?.split(" ").slice(4).join(" ") ?? "";
    const told = Object.values(facts).join(" ");
    const fits = told.includes(marked) ? marked : told;
    const first = expected[index]?.split(" ").slice(1, 3).join(" ") === "0 0" && character < 2;
    return [line, first ? "0 0" : `${character} ${end - start}`, rule, fits].join(" ");
  });
  assert.deepEqual(found, expected);
  return file;
}
