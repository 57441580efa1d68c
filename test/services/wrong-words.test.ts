import assert from "node:assert/strict";
import { applyEdits, fixesFor, pageOf, parse, RULES, syntax } from "../../engine/language/index.js";
import { plainText } from "../../engine/report/index.js";
import {
  completionsAt,
  type HintTopic,
  hintDetails,
  hintsIn,
  hoverAt,
  type TextRange,
  type View,
} from "../../engine/services/index.js";
import { TEXTS } from "../language/fixes/mutations.js";
import { FILE, viewOf } from "./view.js";

const { TokenKind } = syntax;

const TOPICS: ReadonlySet<HintTopic> = new Set(["results", "ppasids", "kvm", "backing"]);

/** Words that no person should ever read. */
const BROKEN = /undefined|\bnull\b|\bNaN\b|\[object/;

/** Files that an example of a rule imports. */
const IMPORTS = { "v1.ioasid": "uapi v1\n" };

/** The wrong and the corrected text of every rule's page that shows an `.ioasid` file. */
const PAGES = [...RULES.values()].flatMap((rule) => {
  const { of, raises, avoids } = pageOf(rule).example;
  return of === "config"
    ? []
    : ([
        [rule.id, raises],
        [`${rule.id}, done right`, avoids],
      ] as const);
});

/** The tokens of a text that are no blanks and no comments. */
function tokensOf(text: string): { readonly start: number; readonly end: number; readonly word: string }[] {
  const { tokens } = parse(text);
  return Array.from({ length: tokens.length }, (_, index) => index)
    .filter((index) => tokens.kind(index) > TokenKind.blockComment && tokens.start(index) < text.length)
    .map((index) => ({
      start: tokens.start(index),
      end: tokens.end(index),
      word: tokens.textOf(index),
    }));
}

function holdsHover(view: View, offset: number): void {
  const hover = hoverAt(view, FILE, offset);
  if (!hover) return;
  assert.ok(hover.start <= offset && offset <= hover.end);
  const words = plainText(hover.blocks);
  assert.doesNotMatch(words, BROKEN);
  assert.notEqual(words, "");
}

function holdsCompletion(view: View, text: string, offset: number): void {
  const { replace, items } = completionsAt({ view, file: FILE, text, offset });
  assert.ok(replace.start <= offset && offset <= replace.end && replace.end <= text.length);
  for (const { label, insert, detail = "" } of items) {
    assert.ok(label !== "" && insert.trim() !== "");
    assert.doesNotMatch(`${label} ${insert} ${detail}`, BROKEN);
  }
}

/** The hints of a part of a file, and every finding with its fixes. */
function holdsAsAWhole(view: View, text: string, part: TextRange = { start: 0, end: text.length }): void {
  for (const { subject, topic, parts } of hintsIn(view, FILE, part, TOPICS)) {
    assert.ok(parts.every((part) => part !== "" && !BROKEN.test(part)));
    const details = hintDetails(view, subject, topic);
    assert.equal(details?.targets.length, parts.length);
    assert.doesNotMatch(plainText(details?.blocks ?? []), BROKEN);
  }
  for (const diagnostic of view.result!.diagnostics) {
    assert.doesNotMatch(diagnostic.message, BROKEN);
    for (const { title, edits } of fixesFor(diagnostic, view.analysis)) {
      assert.doesNotMatch(title, BROKEN);
      const own = edits.filter(({ file }) => file === FILE);
      assert.ok(own.length === 0 || applyEdits(text, own) !== text, title);
    }
  }
}

/** Another word in the place of a token: a name that nothing has, a number that is none of those meant, nothing. */
const WRONG: Readonly<Record<string, (word: string) => string | undefined>> = {
  "a name that nothing has": (word) => (/^[a-z]/i.test(word) ? "nowhere" : undefined),
  "a name of something else": (word) => (/^[a-z]/i.test(word) ? "vm0" : undefined),
  "a large number": (word) => (/^\d/.test(word) ? "0xffff_ffff_f000" : undefined),
  "a small number": (word) => (/^\d/.test(word) ? "0" : undefined),
  nothing: () => "",
};

/** The tokens of lines that no earlier text has, but for their numbers. */
function* tokensOfNewLines(seen: Set<string>, text: string): Generator<ReturnType<typeof tokensOf>[number]> {
  const lines = new Map<number, boolean>();
  for (const token of tokensOf(text)) {
    const start = text.lastIndexOf("\n", token.start) + 1;
    if (!lines.has(start)) {
      const line = text.slice(start, (text.indexOf("\n", start) + 1 || text.length + 1) - 1);
      const shape = line
        .replace(/\/\/.*/, "")
        .replaceAll(/\d+/g, "0")
        .trim();
      lines.set(start, !seen.has(shape));
      seen.add(shape);
    }
    if (lines.get(start)) yield token;
  }
}

describe("the features of the editor on the page of every rule", () => {
  for (const [name, text] of PAGES) {
    it(`${name}: have something whole to say at every token`, () => {
      const view = viewOf(text, IMPORTS);
      holdsAsAWhole(view, text);
      for (const { start, end } of tokensOf(text)) {
        holdsHover(view, start);
        holdsCompletion(view, text, start);
        holdsCompletion(view, text, end);
      }
    });
  }
});

describe("completion while the run is behind the text", () => {
  it("has something whole to offer at every token, from the run of another text or from none", () => {
    const other = viewOf(TEXTS[0]!);
    for (const [index, [, text]] of PAGES.entries()) {
      if (index % 5 > 0) continue;
      const { analysis } = viewOf(text, IMPORTS);
      for (const { start, end } of tokensOf(text)) {
        holdsCompletion(other, text, start);
        holdsCompletion({ analysis, result: undefined }, text, end);
      }
    }
  });
});

describe("the features of the editor in a statement with a wrong word", () => {
  for (const [name, instead] of Object.entries(WRONG)) {
    it(`${name}: have something whole to say there, or nothing`, () => {
      const seen = new Set<string>();
      let texts = 0;
      for (const text of TEXTS) {
        for (const { start, end, word } of tokensOfNewLines(seen, text)) {
          const wrong = instead(word);
          if (wrong === undefined || wrong === word) continue;
          texts += 1;
          const other = text.slice(0, start) + wrong + text.slice(end);
          const view = viewOf(other);
          holdsAsAWhole(view, other, { start: start - 40, end: start + 80 });
          for (const token of tokensOf(other)) {
            if (token.end < start || token.start > start + 24) continue;
            holdsHover(view, token.start);
            holdsCompletion(view, other, token.start);
          }
        }
      }
      assert.ok(texts > 0);
    });
  }
});
