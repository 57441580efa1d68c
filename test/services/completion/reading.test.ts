import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { parse, syntax } from "../../../engine/language/index.js";
import { Reading } from "../../../engine/services/completion/reading.js";
import { wordAt } from "../../../engine/services/completion/word.js";
import { type Statement, statementsIn } from "../../../engine/services/structure/statements.js";

const FOLDERS = ["examples", "examples/platforms", "test/fixtures/domain", "test/fixtures/domain/platforms"];
const TEXTS = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".ioasid"))
    .map((name) => readFileSync(`${folder}/${name}`, "utf8")),
);

/** Between two places of a file that are looked at. */
const STRIDE = 17;

/** What people type and delete, and what throws a reader off. */
const PIECES = [
  ..."attach wq0 pasid 7 -> gva|map gpa 0x0 + 4K -> ram|ioasid gva on gpa page-table {|guest vm9 {".split(
    "|",
  ),
  ...'scenario "s" {|cpu|cpu { enqcmd }|uapi iommufd|uapi v2|viommu { pasid-width 16 }|mdev x on y'.split(
    "|",
  ),
  ..."invalidate |unmap |detach |atach nic|gest vm0 {|pte 0x0 + 4K -> 0x0|assert |=> ok|=> fault".split("|"),
  ..."{|}|{ {|} }|[|,|->|foo|foo { bar }|bar|-|=|.|#".split("|"),
  ...'//|/*|*/|/* } */|// }|"|"}"'.split("|"),
  ..."\n|\n  |\n    |\n\n|\r\n|\r| |\t|ä".split("|"),
];

describe("the short reading of a text", () => {
  it("knows what the whole reading knows, all over every file", () => {
    for (const [index, text] of TEXTS.entries()) {
      const tree = parse(text);
      for (let offset = index % STRIDE; offset <= text.length; offset += STRIDE)
        assertSame(tree, text, offset);
    }
  });

  it("knows it after edits before and at the place, which may break everything", () => {
    const edit = fc.record({ at: fc.nat(), length: fc.constantFrom(0, 0, 1, 3, 30), text: pieces });
    fc.assert(
      fc.property(
        fc.constantFrom(...TEXTS),
        fc.array(edit, { maxLength: 2 }),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 8 }),
        (file, first, second, places) => {
          const older = first.reduce(edited, file);
          const text = second.reduce(edited, older);
          // What stands behind an edit is moved when somebody looks at it.
          const tree = syntax.reparse(parse(file), older)?.tree ?? parse(older);
          const same = commonStart(older, text);
          for (const place of places) {
            assertSame(tree, text, place % (text.length + 1));
            // Most people write where the text has just changed.
            assertSame(tree, text, Math.min(text.length, same + (place % 40)));
          }
        },
      ),
      { numRuns: 800 },
    );
  });

  it("knows it in texts of pieces that fit nowhere", () => {
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 40 }),
        fc.array(pieces, { maxLength: 4 }),
        fc.nat(),
        (words, added, place) => {
          const older = words.join(" ");
          const at = place % (older.length + 1);
          const tree = parse(older);
          for (const text of [older, older.slice(0, at) + added.join(" ") + older.slice(at)]) {
            for (let offset = 0; offset <= text.length; offset += 1) assertSame(tree, text, offset);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it("leaves out declarations and statements before the last ones", () => {
    const map = "  map gpa 0x0 + 4K -> ram\n";
    const text = `cpu { enqcmd }\nguest vm0 {\n${map}}\nguest vm1 {\n${map.repeat(50)}  map gpa 0x0 + `;
    const { beginning } = Reading.short(parse(text), text, text.length, text.length);
    assert.equal(beginning.tree.text, "\nguest vm1 {\n  map gpa 0x0 + ");
  });

  it("leaves out the lines of a table, and keeps the interface that the file is written against", () => {
    const pte = "    pte 0x0 + 4K -> 0x0\n";
    const text = `uapi iommufd // of Linux 6.12\ncpu { }\nguest vm0 {\n  hwpt t on gpa vtd-s1 {\n${pte.repeat(50)}    pte `;
    const { beginning } = Reading.short(parse(text), text, text.length, text.length);
    assert.equal(beginning.tree.text, "uapi iommufd\nguest vm0 {\n  hwpt t on gpa vtd-s1 {\n    pte ");
  });
});

const pieces = fc.constantFrom(...PIECES);

interface Edit {
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

function edited(text: string, { at, length, text: inserted }: Edit): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + inserted + text.slice(start + length);
}

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  return at;
}

/** @param tree of the text, or of an older one */
function assertSame(tree: syntax.ParsedFile, text: string, offset: number): void {
  const end = wordAt(text, offset).start;
  const short = Reading.short(tree, text, commonStart(tree.text, text), end);
  const known = knowledge(short);
  const all = knowledge(Reading.whole(text, end));
  if (known !== all) {
    assert.equal(known, all, `of ${JSON.stringify(tree.text)}\nin ${JSON.stringify(text.slice(0, end))}`);
  }
}

/** Everything that completion learns from a reading, with places of the text itself. */
function knowledge(reading: Reading): string {
  const { tree, wanted } = reading.beginning;
  const inside = syntax.endsInside(tree.tokens);
  if (inside) {
    const start = tree.tokens.start(tree.tokens.length - 1);
    const before = reading.wantedAt(reading.absolute(start));
    return JSON.stringify([inside, reading.absolute(start), parts(reading, tree, before)]);
  }
  return JSON.stringify(parts(reading, tree, wanted));
}

function parts(reading: Reading, tree: syntax.SourceFile, wanted: readonly syntax.Wanted[]): unknown {
  return wanted.map((part) => {
    const path = pathTo(tree, part.from);
    const statement = path.at(-1);
    return [
      { ...part, from: part.from < 0 ? -1 : reading.absolute(part.from) },
      path.map(({ kind, start }) => [kind, reading.absolute(start)]),
      statement && JSON.parse(JSON.stringify(statement, withoutPlaces)),
    ];
  });
}

function pathTo(tree: syntax.SourceFile, from: number): Statement[] {
  const path: Statement[] = [];
  let list = statementsIn(tree);
  for (;;) {
    const found = list.findLast(({ start }) => start <= from);
    if (!found) return path;
    path.push(found);
    if (found.start === from) return path;
    list = statementsIn(found);
  }
}

/** Of what a statement holds, what stands before the last part of it is not read. */
function withoutPlaces(key: string, value: unknown): unknown {
  if (/^(?:items|steps|documentation|source|start|end|.*(?:Start|End))$/.test(key)) return undefined;
  return value;
}
