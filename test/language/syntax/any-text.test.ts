import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import {
  CONTEXT_WORDS,
  children,
  ISSUE_LIMIT,
  type Node,
  PUNCTUATION_TEXTS,
  parse,
  RESERVED_WORDS,
  type SourceFile,
  TokenKind,
} from "../../../engine/language/syntax/index.js";
import { print } from "./print.js";

const EXAMPLES = readdirSync("examples")
  .filter((name) => name.endsWith(".ioasid"))
  .map((name) => readFileSync(`examples/${name}`, "utf8"));

/** Texts of words, marks, numbers and odds and ends: much nearer to the language than random letters are. */
const pieces = fc.oneof(
  fc.constantFrom(...RESERVED_WORDS, ...CONTEXT_WORDS, ...PUNCTUATION_TEXTS.slice(1)),
  fc.constantFrom(
    "a",
    "vm0.b",
    "vm0.",
    "7",
    "0x10",
    "4K",
    "1m",
    "3b:00.0",
    "3b:",
    '"x"',
    '"',
    "//",
    "/*",
    "*/",
  ),
  fc.constantFrom("\n", "\r\n", "\r", "\t", "ä", "-", "#", "\u0000", "\ud800", "=", "> "),
);
const nearTexts = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(" "));

/** An example with a piece of it replaced by something else. */
const mutated = fc
  .tuple(fc.constantFrom(...EXAMPLES), fc.nat(), fc.nat(30), fc.oneof(pieces, nearTexts, fc.constant("")))
  .map(([text, at, length, piece]) => {
    const start = at % text.length;
    return text.slice(0, start) + piece + text.slice(start + length);
  });

const anyText = fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), nearTexts, mutated);

function checkTokens({ text, tokens }: SourceFile): void {
  let covered = 0;
  for (let i = 0; i < tokens.length; i++) {
    assert.equal(tokens.start(i), covered);
    assert.ok(tokens.end(i) > covered);
    covered = tokens.end(i);
  }
  assert.equal(covered, text.length);
}

function checkSpans(parent: Node | SourceFile): void {
  for (const child of children(parent)) {
    const inside = parent.start <= child.start && child.start <= child.end && child.end <= parent.end;
    assert.ok(
      inside,
      `${child.kind} ${child.start}..${child.end} in ${parent.kind} ${parent.start}..${parent.end}`,
    );
    checkSpans(child);
  }
}

/** The tokens of a text without its blanks and comments, one blank between them where it may be. */
function respaced({ tokens }: SourceFile, blank: string): string {
  let text = "";
  let touching = true;
  for (let i = 0; i < tokens.length; i++) {
    if (tokens.kind(i) <= TokenKind.blockComment) continue;
    const piece = tokens.textOf(i);
    text += touching || piece === "." ? piece : blank + piece;
    touching = piece === ".";
  }
  return text;
}

describe("any text", () => {
  it("is parsed without an exception, into tokens that cover it and nodes that lie in each other", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const file = parse(text);
        checkTokens(file);
        checkSpans(file);
      }),
      { numRuns: 3000 },
    );
  });

  it("has issues in its order, inside it, and not too many", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { issues } = parse(text);
        assert.ok(issues.length <= ISSUE_LIMIT + 1);
        let last = 0;
        for (const { start, end } of issues) {
          assert.ok(last <= start && start <= end && end <= text.length);
          last = start;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("is parsed the same a second time", () => {
    fc.assert(fc.property(anyText, (text) => assert.deepEqual(parse(text), parse(text))));
  });
});

describe("a valid text", () => {
  for (const text of EXAMPLES) {
    it(`means the same in other lines: ${text.slice(0, 60).split("\n")[0]}`, () => {
      const file = parse(text);
      assert.deepEqual(file.issues, []);
      for (const blank of [" ", "\n", "\r\n\t", "/* */", " // x\n"]) {
        const other = parse(respaced(file, blank));
        assert.deepEqual(other.issues, []);
        assert.equal(print(other), print(file));
      }
    });
  }

  it("loses no more than the statement in which something was broken", () => {
    const lines = Array.from({ length: 20 }, (_, i) => `  attach nic pasid ${i} -> space${i}`);
    fc.assert(
      fc.property(
        fc.nat(19),
        fc.nat(30),
        fc.constantFrom("@", "x", "7", "->", "", "\n"),
        (line, at, piece) => {
          const broken = lines.with(line, lines[line]!.slice(0, at + 3) + piece + lines[line]!.slice(at + 5));
          const [guest] = parse(`guest g {\n${broken.join("\n")}\n}`).items;
          assert.ok(guest?.kind === "guest");
          const steps = new Set(guest.items.map(print));
          for (let i = 0; i < 20; i++) {
            if (i !== line)
              assert.ok(steps.has(`(attach device=nic pasid=${i} space=space${i})`), `line ${i} is lost`);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("a large text", () => {
  const rulesOf = (text: string) => parse(text).issues.map(({ rule }) => rule);

  it("may have a hundred thousand nested braces", () => {
    const count = 100_000;
    assert.deepEqual(rulesOf("{".repeat(count)), ["S009"]);
    assert.deepEqual(rulesOf("{".repeat(count) + "}".repeat(count)), ["S009"]);
    assert.deepEqual(rulesOf(`guest g ${"{".repeat(count)}${"}".repeat(count)}`), ["S009"]);
    assert.deepEqual(rulesOf(`iommu i {${"{".repeat(count)}${"}".repeat(count)}}`), ["S016"]);
  });

  it("may open blocks of every kind in each other", () => {
    for (const opening of [
      "guest a { ",
      "guest a {\n",
      'scenario "x" { ioasid a { ',
      "iommu a { ",
      "group a { ",
      "ioasid a { ",
    ]) {
      const file = parse(opening.repeat(100_000));
      assert.ok(file.issues.length > 0);
      assert.ok(file.items.length > 0);
    }
  });

  it("may be ten megabytes on one line", () => {
    const steps = "map s 0x1000 + 4K -> ram[0x2000] rw => EBUSY  ".repeat(220_000);
    const file = parse(`guest g { ${steps} }`);
    assert.ok(file.text.length > 10_000_000);
    assert.deepEqual(file.issues, []);
    assert.ok(file.items[0]?.kind === "guest" && file.items[0].items.length === 220_000);
  });

  it("may be of one kind of token alone", () => {
    for (const piece of [
      "a",
      "a ",
      "1",
      "1:",
      "-",
      "- ",
      "ä",
      '"',
      "/*",
      "//\n",
      "}",
      "=> ",
      "pasid ",
      "a.",
      "0x",
      "\u00a0",
    ]) {
      const { tokens, issues } = parse(piece.repeat(200_000));
      assert.equal(tokens.end(tokens.length - 1), piece.length * 200_000);
      assert.ok(issues.length <= ISSUE_LIMIT + 1);
    }
  });
});
