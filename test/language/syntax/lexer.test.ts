import assert from "node:assert/strict";
import { PUNCTUATION_TEXTS, parse, TokenKind } from "../../../engine/language/syntax/index.js";

const NAMES = Object.fromEntries(Object.entries(TokenKind).map(([name, kind]) => [kind, name]));

/** Kinds and texts of the tokens of a text, blanks left out. */
function tokens(text: string): string[] {
  const list = parse(text).tokens;
  const shown: string[] = [];
  for (let i = 0; i < list.length; i++) {
    const name = NAMES[list.kind(i)];
    if (name !== "blank") shown.push(`${name} ${list.textOf(i)}`);
  }
  return shown;
}

const TABLE: readonly (readonly [text: string, ...tokens: string[]])[] = [
  // PCI addresses come before numbers and names.
  ["6a:01.0", "pciAddress 6a:01.0"],
  ["fe:1f.7", "pciAddress fe:1f.7"],
  ["0000:3b:00.0", "pciAddress 0000:3b:00.0"],
  ["dead_beef:3b:00.0", "identifier dead_beef", "unknown :", "pciAddress 3b:00.0"],
  ["10de0000:3b:00.0", "pciAddress 10de0000:3b:00.0"],
  // What was meant as one stays one token.
  ["3b:20.0", "pciAddress 3b:20.0"],
  ["3b:00.8", "pciAddress 3b:00.8"],
  ["3b:0.0", "pciAddress 3b:0.0"],
  ["3b:00.0x", "pciAddress 3b:00.0x"],
  // Numbers.
  ["0", "number 0"],
  ["1_000", "number 1_000"],
  ["0x7f00_0000", "number 0x7f00_0000"],
  ["4K 2M 1G 8T 3P", "number 4K", "number 2M", "number 1G", "number 8T", "number 3P"],
  ["0x10K", "number 0x10K"],
  ["4k", "number 4k"],
  ["12ab", "number 12ab"],
  ["0x0..0xfff", "number 0x0", "punctuation ..", "number 0xfff"],
  ["0x0+4K", "number 0x0", "punctuation +", "number 4K"],
  // Names and words.
  ["wq0->gpa", "identifier wq0", "punctuation ->", "identifier gpa"],
  ["page-requests", "identifier page-requests"],
  ["no-pasid-entry", "identifier no-pasid-entry"],
  ["a-1-b", "identifier a-1-b"],
  ["a--b", "identifier a", "unknown --", "identifier b"],
  ["_x9", "identifier _x9"],
  ["vm0.gpa", "identifier vm0", "punctuation .", "identifier gpa"],
  ["bind-pgtable", "reserved bind-pgtable"],
  ["bind-table", "identifier bind-table"],
  ["pasid", "reserved pasid"],
  ["Map", "identifier Map"],
  ["gäste", "identifier gäste"],
  ["über-vm", "identifier über-vm"],
  // Marks.
  ["->=>..==+,{}[].", ..."-> => .. == + , { } [ ] .".split(" ").map((mark) => `punctuation ${mark}`)],
  ["#gp", "punctuation #gp"],
  ["#gpx", "unknown #gpx"],
  ["- >", "punctuation - >"],
  ["=\t>", "punctuation =\t>"],
  // Strings and comments.
  ['"a // b"', 'string "a // b"'],
  ['"a\nb', 'string "a', "identifier b"],
  ['"a\rb', 'string "a', "identifier b"],
  ["a// b\nc", "identifier a", "lineComment // b", "identifier c"],
  ["a// b\rc", "identifier a", "lineComment // b", "identifier c"],
  ["a/* b\n*/c", "identifier a", "blockComment /* b\n*/", "identifier c"],
  ["/* a", "blockComment /* a"],
  ["/**/", "blockComment /**/"],
  ["/*/", "blockComment /*/"],
  // What begins nothing.
  ["@$%", "unknown @$%"],
  ["@;{", "unknown @;", "punctuation {"],
  ["\u{1f600}\u{1f600}", "unknown \u{1f600}\u{1f600}"],
  ["\u00a0", "unknown \u00a0"],
  ["\ufeffcpu", "reserved cpu"],
  ["cpu\ufeff", "reserved cpu", "unknown \ufeff"],
];

describe("the lexer", () => {
  for (const [text, ...expected] of TABLE) {
    it(`cuts ${JSON.stringify(text)}`, () => assert.deepEqual(tokens(text), expected));
  }

  it("knows how each mark is written", () => {
    for (const mark of PUNCTUATION_TEXTS.slice(1)) assert.deepEqual(tokens(mark), [`punctuation ${mark}`]);
  });

  it("finds the token at an offset", () => {
    const { tokens: list } = parse("free  gpa");
    const starts = [0, 3, 4, 5, 6, 8, 9, 100].map((offset) => list.token(list.at(offset)).start);
    assert.deepEqual(starts, [0, 0, 4, 4, 6, 6, 9, 9]);
  });

  it("ends every list with an empty token", () => {
    for (const text of ["", "a", " "]) {
      const { tokens: list } = parse(text);
      assert.deepEqual(list.token(list.length), {
        index: list.length,
        kind: TokenKind.end,
        start: text.length,
        end: text.length,
      });
    }
  });
});
