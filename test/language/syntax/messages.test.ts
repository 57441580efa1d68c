import assert from "node:assert/strict";
import { pageOf, RULES } from "../../../engine/language/rules/index.js";
import { parse } from "../../../engine/language/syntax/index.js";

/** Texts with each way in which a rule can speak. */
const TEXTS = [
  "# x",
  "bind a;",
  "bind a = b",
  "guest gäste { }",
  "bind \u00a0\u200b a",
  "bind “a”",
  "import import",
  "guest g { map s 1x + 4kb -> 2 }",
  "pdev p at 3b:20.0 { }",
  "pdev p at 3b:00.9 { }",
  "pdev p at 3b:0 { }",
  "guest g { unmap s 0 + 0 }",
  "guest g { unmap s 2..1 }",
  "guest g { unmap s 0xffff_ffff_ffff_ffff + 2 }",
  "guest g { free s => EWHATEVER }",
  "guest g { free s => fault something-else }",
  "nothing",
  "iommu i { colour nesting blue }",
  "cpu { } => ok",
  "=> ok",
];

describe("what is said of a syntax issue", () => {
  const rules = [...RULES.values()].filter(({ id }) => id < "S040" && id > "S000");
  const texts = [...rules.map((rule) => pageOf(rule).example.raises), ...TEXTS];

  it("is made of full sentences, with the help", () => {
    for (const text of texts) {
      const { issues } = parse(text);
      assert.ok(issues.length > 0, text);
      for (const { rule, facts } of issues) {
        for (const sentence of [RULES.get(rule)!.message(facts), RULES.get(rule)!.help(facts)]) {
          assert.match(sentence, /^[A-Z`].*[.?]$/u);
          assert.doesNotMatch(sentence, /undefined|\[object/);
        }
      }
    }
  });

  it("repeats no more than a short piece of the text", () => {
    for (const piece of ["a", "1", "ä", "%", '"', "E", "3b:", "a."]) {
      for (const frame of [
        "X",
        "guest X { }",
        "guest g { free X => X }",
        "guest g { map s X + X -> X }",
        "iommu X { X }",
      ]) {
        for (const { rule, facts } of parse(frame.replaceAll("X", piece.repeat(5000))).issues) {
          assert.ok(RULES.get(rule)!.message(facts).length < 300, `${rule} of ${frame}`);
          assert.ok(RULES.get(rule)!.help(facts).length < 300, `${rule} of ${frame}`);
        }
      }
    }
  });

  it("is raised by the example of its rule, and not by the same done right", () => {
    for (const { id } of rules) {
      const { example } = pageOf({ id });
      assert.ok(
        parse(example.raises).issues.some(({ rule }) => rule === id),
        id,
      );
      assert.deepEqual(parse(example.avoids).issues, [], id);
    }
  });
});
