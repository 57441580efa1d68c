import assert from "node:assert/strict";
import type { Diagnostic } from "../../engine/language/index.js";
import { Places } from "../../engine/report/places.js";
import { checkText } from "../../engine/report/text/check.js";
import { frame } from "../../engine/report/text/frame.js";
import { printable, wrapped } from "../../engine/report/text/printable.js";
import { PLAIN } from "../../engine/report/text/style.js";
import { placeOf, programOf } from "./host.js";

const plain = (text: string) => text;
const framed = (text: string, part: string) =>
  frame(new Places(programOf(text)), placeOf(text, part), plain, PLAIN);

describe("the source line of a diagnostic", () => {
  it("has carets under the place", () => {
    assert.deepEqual(framed("one\nattach nic pasid 7 -> gva\n", "pasid 7"), [
      "  2 | attach nic pasid 7 -> gva",
      "    |            ^^^^^^^",
    ]);
  });

  it("has one caret for an empty place", () => {
    const text = "bind";
    const span = { file: "a.ioasid", start: 4, end: 4 };
    assert.deepEqual(frame(new Places(programOf(text)), span, plain, PLAIN), ["  1 | bind", "    |     ^"]);
  });

  it("is the first one of a place of several lines", () => {
    assert.deepEqual(framed("guest vm0 {\n}\n", "vm0 {\n}"), ["  1 | guest vm0 {", "    |       ^^^^^"]);
  });

  it("keeps the carets in place after tabs and wide letters", () => {
    assert.deepEqual(framed("\t/* 日本 */ x", "x"), ["  1 |   /* 日本 */ x", "    |              ^"]);
  });

  it("ends before CR LF", () => {
    assert.deepEqual(framed("bind nic\r\nbind wq0\r\n", "wq0"), ["  2 | bind wq0", "    |      ^^^"]);
  });

  it("shows only the part around the place of a long line", () => {
    const text = `${"a ".repeat(5000)}here${" b".repeat(5000)}`;
    const [source = "", carets = ""] = framed(text, "here");
    assert.ok(source.length <= 100);
    assert.ok(source.includes("…a a") || source.includes("… a"), "it says that there is more before");
    assert.ok(source.endsWith("…"), "and after");
    assert.equal(source.indexOf("here"), carets.indexOf("^^^^"));
  });

  it("cannot drive the terminal", () => {
    const [source] = framed("bind \u001b[31mnic\u0007", "nic");
    assert.equal(source, "  1 | bind \ufffd[31mnic\ufffd");
  });
});

describe("text for a terminal", () => {
  it("has no control, direction or half characters", () => {
    assert.equal(printable("a\u0000\u202e\u200b\ud800\u0085b"), "a\ufffd\ufffd\ufffd\ufffd\ufffdb");
    assert.equal(printable("größer 日本 😀"), "größer 日本 😀");
  });

  it("is broken at blanks, and a long word keeps its line", () => {
    assert.deepEqual(wrapped("one two three", 7), ["one two", "three"]);
    assert.deepEqual(wrapped("a 0123456789 b", 4), ["a", "0123456789", "b"]);
    assert.deepEqual(wrapped("", 4), [""]);
  });
});

describe("the text of check", () => {
  const text = "bind nic\nbind wq0\n";
  const program = programOf(text);
  const diagnostic = (severity: Diagnostic["severity"], part: string): Diagnostic => ({
    code: "X001",
    severity,
    message: `This is about ${part}.`,
    span: placeOf(text, part),
    related: [],
  });

  it("puts the worst first, leaves hints out and sums up", () => {
    const all = [
      diagnostic("hint", "bind"),
      diagnostic("information", "bind"),
      diagnostic("warning", "nic"),
      diagnostic("error", "wq0"),
    ];
    const said = checkText(program, all, PLAIN);
    assert.deepEqual(
      said.split("\n").filter((line) => line.includes("X001")),
      ["error X001", "warning X001", "info X001"],
    );
    assert.match(said, /\na\.ioasid: 1 error, 1 warning, 1 note\n\n$/);
  });

  it("shows related places", () => {
    const related = [{ span: placeOf(text, "nic"), message: "It was bound here." }];
    assert.match(
      checkText(program, [{ ...diagnostic("error", "wq0"), related }], PLAIN),
      /\n {2}a\.ioasid:1:6 {2}It was bound here\.\n/,
    );
  });

  it("names the scenario in which something was seen", () => {
    assert.match(
      checkText(program, [{ ...diagnostic("error", "wq0"), scenario: "it \u001b[2J runs" }], PLAIN),
      /a\.ioasid:2:6 {2}in scenario "it \ufffd\[2J runs"/,
    );
  });

  it("folds after 40 and says what it hides", () => {
    const many = Array.from({ length: 12_345 }, () => diagnostic("error", "wq0"));
    const said = checkText(program, [...many, diagnostic("warning", "nic")], PLAIN);
    assert.match(
      said,
      /\n… 12,306 more: 12,305 errors, 1 warning\n\na\.ioasid: 12,345 errors, 1 warning\n\n$/,
    );
  });

  it("shows only the first few notes of each rule", () => {
    const notes = Array.from({ length: 106 }, () => diagnostic("information", "wq0"));
    const other = { ...diagnostic("information", "nic"), code: "X002" };
    const said = checkText(program, [...notes, other], PLAIN);
    assert.deepEqual(
      said.split("\n").filter((line) => /X00\d/.test(line)),
      ["info X001", "info X001", "info X001", "… 103 more of X001", "info X002"],
    );
    assert.match(said, /\na\.ioasid: 107 notes\n\n$/);
  });

  it("is one line when only hints are left", () => {
    assert.equal(checkText(program, [diagnostic("hint", "nic")], PLAIN), "a.ioasid: nothing to report\n");
  });
});
