import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { compile, format, formatEdits, parse, runToEnd } from "../../../engine/language/index.js";
import {
  CONTEXT_WORDS,
  PUNCTUATION_TEXTS,
  RESERVED_WORDS,
  type SourceFile,
  TokenKind,
} from "../../../engine/language/syntax/index.js";
import { validTexts } from "./generate.js";

const FOLDERS = ["examples", "examples/platforms", "test/fixtures/domain", "test/fixtures/domain/platforms"];
const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".ioasid"))
    .map((name) => `${folder}/${name}`),
);
const TEXTS = FILES.map((path) => readFileSync(path, "utf8"));

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
    "=",
    "> ",
    "-",
  ),
  fc.constantFrom("//", "/*", "*/", "/* c */", "// c\n", "\n  /* c\n d */", "\n\n  // c\n"),
  fc.constantFrom("\n", "\n\n", "\r\n", "\r", "\t", "\f", "ä", "#", "\u0000", "\ud800", "\u00a0", "\ufeff"),
);
const nearTexts = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(" "));

/** A file with some pieces of it replaced by something else. */
const mutated = fc
  .tuple(
    fc.constantFrom(...TEXTS),
    fc.array(fc.tuple(fc.nat(), fc.nat(30), fc.oneof(pieces, nearTexts, fc.constant(""))), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([text, changes]) =>
    changes.reduce((all, [at, length, piece]) => {
      const start = at % (all.length + 1);
      return all.slice(0, start) + piece + all.slice(start + length);
    }, text),
  );

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  nearTexts,
  nearTexts.map((text) => `guest vm0 {\n${text}\n}`),
  nearTexts.map((text) => `iommu vtd { ${text} }`),
  mutated,
  validTexts.map(({ commented }) => commented),
);

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, "");
}

/** The tokens of a text, and its comments without their blanks. */
function contents({ tokens }: SourceFile): string[] {
  return Array.from({ length: tokens.length }, (_, at) => at)
    .filter((at) => tokens.kind(at) !== TokenKind.blank)
    .map((at) =>
      tokens.kind(at) <= TokenKind.blockComment ? withoutBlanks(tokens.textOf(at)) : tokens.textOf(at),
    );
}

/** What a text means: program, run and diagnostics, without the places in the text. */
function meaning(path: string, text: string): unknown {
  const read = (asked: string) => (asked === path ? text : readFileSync(asked, "utf8"));
  const resolve = (from: string, target: string) => `${from.replace(/[^/]*$/, "")}${target}`;
  const program = compile(path, { read, resolve });
  const { start, scenarios, diagnostics } = runToEnd(program);
  const { platform, start: steps, scenarios: written } = program;
  const told = diagnostics.map(({ code, severity, message }) => ({ code, severity, message }));
  return JSON.parse(JSON.stringify({ platform, steps, written, start, scenarios, told }, withoutPlaces));
}

function withoutPlaces(key: string, value: unknown): unknown {
  if (key === "span" || key === "related" || key === "fixes") return undefined;
  return ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value;
}

describe("the layout of any text", () => {
  it("keeps every character but blanks, in order, and stays as it is the second time", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = format(text);
        assert.equal(withoutBlanks(once), withoutBlanks(text));
        assert.equal(format(once), once);
      }),
      { numRuns: 3000 },
    );
  });

  it("keeps mistakes as many and as they were", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const told = (file: SourceFile) => file.issues.map(({ rule, facts }) => ({ rule, facts }));
        assert.deepEqual(told(parse(format(text))), told(parse(text)));
      }),
      { numRuns: 500 },
    );
  });

  it("comes about by small edits, in order, of blanks alone", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let result = "";
        let at = 0;
        for (const { start, end, text: blanks } of formatEdits(text)) {
          assert.ok(at <= start && start <= end && end <= text.length);
          assert.match(text.slice(start, end) + blanks, /^\s+$/);
          result += text.slice(at, start) + blanks;
          at = end;
        }
        assert.equal(result + text.slice(at), format(text));
      }),
      { numRuns: 500 },
    );
  });
});

describe("the layout of a valid text", () => {
  it("keeps its tokens and comments, and what it means", () => {
    fc.assert(
      fc.property(validTexts, ({ text, commented }) => {
        assert.deepEqual(parse(commented).issues, []);
        const once = format(commented);
        assert.deepEqual(contents(parse(once)), contents(parse(commented)));
        assert.equal(format(once), once);
        assert.deepEqual(meaning("a.ioasid", once), meaning("a.ioasid", commented));
        assert.deepEqual(meaning("a.ioasid", format(text)), meaning("a.ioasid", text));
      }),
      { numRuns: 300 },
    );
  });

  it("does not depend on how it was spread over lines", () => {
    fc.assert(
      fc.property(validTexts, ({ text, strewn }) => {
        const withoutEmptyLines = strewn.replace(/(?:[ \t]*(?:\r\n|\n))+/g, "\n");
        const spread = parse(withoutEmptyLines).issues.length === 0 ? withoutEmptyLines : strewn;
        assert.equal(joinedFlags(format(spread)), joinedFlags(format(text)));
      }),
      { numRuns: 300 },
    );
  });

  it("is what the examples have, and the language page", () => {
    const page = readFileSync("docs/language.md", "utf8").matchAll(/```ioasid\n([\s\S]*?)```/g);
    const shown = [...page].map(([, text = ""]) => text);
    const examples = TEXTS.filter((_, index) => FILES[index]!.startsWith("examples/"));
    for (const text of [...shown, ...examples]) assert.equal(format(text), text);
    assert.ok(shown.length > 10 && examples.length > 15);
  });

  for (const [index, path] of FILES.entries()) {
    it(`keeps what ${path} means`, () => {
      const text = TEXTS[index]!;
      assert.equal(withoutBlanks(format(text)), withoutBlanks(text));
      assert.deepEqual(meaning(path, format(text)), meaning(path, text));
      assert.equal(format(format(text)), format(text));
    });
  }
});

/** Whether flags share a line is up to the one who writes. */
function joinedFlags(text: string): string {
  const flag = "(?:ats|page-requests|enqcmd|pasid-translation),?";
  return text.replace(new RegExp(`(?<=^ +(?:${flag}\\s+)*${flag})\\s+(?=${flag}$)`, "gm"), "  ");
}

describe("the layout of a large text", () => {
  it("may have a hundred thousand nested braces", () => {
    const text = "{".repeat(100_000);
    assert.equal(format(`guest vm0 ${text}`), `guest vm0 ${text}`);
    assert.equal(withoutBlanks(format(`cpu {}  ${text}${"}".repeat(100_000)}`)).length, 200_005);
  });

  it("may be a hundred thousand statements on one line", () => {
    const count = 100_000;
    const text = format(`guest vm0 {${" bind nic".repeat(count)} }`);
    assert.equal(text, `guest vm0 {\n${"  bind nic\n".repeat(count)}}\n`);
  });

  it("may be a hundred thousand comments in braces on one line", () => {
    const text = `iommu vtd { ${"/* c */ ".repeat(100_000)}ats }\n`;
    assert.equal(withoutBlanks(format(text)), withoutBlanks(text));
  });

  it("may have a step of a hundred thousand words among as many others", () => {
    const long = `assert reports nic pasid${" cpu".repeat(100_000)} => ok // so`;
    const text = format(`scenario "x" {\n${long}\n${"free gpa => EBUSY // so\n".repeat(100_000)}}`);
    assert.ok(text.endsWith(`\n  free gpa${" ".repeat(32)}=> EBUSY${" ".repeat(18)}// so\n}\n`));
  });

  it("may be a hundred thousand comments", () => {
    const text = format(`${" /* c */".repeat(100_000)}\n${"// d\n".repeat(100_000)}`);
    assert.equal(text.length, 100_000 * 8 + 100_000 * 5);
  });
});
