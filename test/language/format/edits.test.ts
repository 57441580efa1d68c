import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { format, formatEdits, syntax, type TextEdit } from "../../../engine/language/index.js";

function applied(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let at = 0;
  for (const { start, end, text: inserted } of edits) {
    result += text.slice(at, start) + inserted;
    at = end;
  }
  return result + text.slice(at);
}

describe("edits", () => {
  const text = 'guest vm0 {\n bind  nic\n attach nic->gpa\n}\nscenario  "x" { free gpa=>EBUSY }';

  it("are none for a text that has its layout", () => {
    assert.deepEqual(formatEdits(format(text)), []);
  });

  it("are the same for a tree as for its text", () => {
    assert.deepEqual(formatEdits(syntax.parse(text)), formatEdits(text));
  });

  it("make the formatted text", () => {
    assert.equal(applied(text, formatEdits(text)), format(text));
  });

  it("replace only the blanks that change", () => {
    assert.deepEqual(formatEdits("cpu  {enqcmd }"), [
      { start: 4, end: 5, text: "" },
      { start: 6, end: 6, text: " " },
      { start: 14, end: 14, text: "\n" },
    ]);
  });

  it("take a line end whole", () => {
    assert.deepEqual(formatEdits("cpu { }\r\ncpu { }\n"), [{ start: 7, end: 9, text: "\n" }]);
  });

  it("end with the text, where that is nothing but line ends of several kinds", () => {
    assert.deepEqual(formatEdits("\n \r"), [{ start: 0, end: 3, text: "" }]);
    assert.deepEqual(formatEdits("\n\r\n"), [{ start: 0, end: 3, text: "" }]);
  });

  it("keep to the lines of a range", () => {
    const start = text.indexOf("nic->");
    const edits = formatEdits(text, { range: { start, end: start + 2 } });
    assert.equal(
      applied(text, edits),
      'guest vm0 {\n bind  nic\n  attach nic -> gpa\n}\nscenario  "x" { free gpa=>EBUSY }',
    );
  });

  it("take a range backwards and beyond the text", () => {
    const whole = { start: text.length + 9, end: -9 };
    assert.deepEqual(formatEdits(text, { range: whole }), formatEdits(text));
  });

  it("leave a text alone in which nothing is certain", () => {
    assert.deepEqual(formatEdits("cpu  { }\n}"), []);
  });

  it("are as many as there are places, in a long file", () => {
    const example = readFileSync("examples/guest-sva.ioasid", "utf8").replace(/^uapi.*\n/m, "");
    const squeezed = example.replace(/ {2,}(?=\S)/g, " ");
    const edits = formatEdits(squeezed);
    assert.equal(applied(squeezed, edits), format(squeezed));
    assert.ok(
      edits.every(({ start, end, text: blanks }) => (squeezed.slice(start, end) + blanks).trim() === ""),
    );
  });
});
