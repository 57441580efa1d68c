import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { syntax } from "../../../engine/language/index.js";
import { selectionAt } from "../../../engine/services/index.js";
import { marked } from "../../helpers/cursor.js";

/** What a selection at the cursor grows to, as texts, without the whole file. */
function selections(source: string): string[] {
  const { text, at } = marked(source);
  const ranges = selectionAt(syntax.parse(text), at());
  assert.deepEqual(ranges.at(-1), { start: 0, end: text.length });
  return ranges.slice(0, -1).map(({ start, end }) => text.slice(start, end));
}

describe("growing a selection", () => {
  it("goes from a word over its parts to the statement, the block and the file", () => {
    assert.deepEqual(
      selections("guest vm0 {\n  ioasid a\n  kvm map pasid $07 -> vm0.gva => ok // why\n}\n"),
      [
        "7",
        "pasid 7",
        "kvm map pasid 7 -> vm0.gva => ok",
        "ioasid a\n  kvm map pasid 7 -> vm0.gva => ok // why",
        "{\n  ioasid a\n  kvm map pasid 7 -> vm0.gva => ok // why\n}",
        "guest vm0 {\n  ioasid a\n  kvm map pasid 7 -> vm0.gva => ok // why\n}",
      ],
    );
  });

  it("takes a name without its owner first, and an address before its range and region", () => {
    assert.deepEqual(selections("scenario {\n  info vm0.g$0va\n}\n").slice(0, 3), [
      "gva",
      "vm0.gva",
      "info vm0.gva",
    ]);
    assert.deepEqual(selections("scenario { register ram[0x0 + $04K] }\n").slice(0, 4), [
      "4K",
      "0x0 + 4K",
      "ram[0x0 + 4K]",
      "register ram[0x0 + 4K]",
    ]);
  });

  it("takes a string without its quotes first", () => {
    assert.deepEqual(selections('scenario "a ti$0tle" {\n}\n'), [
      "a title",
      '"a title"',
      'scenario "a title" {\n}',
    ]);
  });

  it("takes a word when it stands right behind it", () => {
    assert.deepEqual(selections("scenario { info gva$0 }\n").slice(0, 2), ["gva", "info gva"]);
    assert.deepEqual(selections("scenario { attach nic$0->gpa }\n").slice(0, 2), ["nic", "attach nic->gpa"]);
  });

  it("takes the block from a blank or a comment in it", () => {
    assert.deepEqual(
      selections("guest vm0 {\n  ioasid a\n$0\n  // th$1ere\n}\n")[0],
      "ioasid a\n\n  // there",
    );
    assert.deepEqual(selections("guest vm0 {\n  // th$0ere\n  ioasid a\n}\n").slice(0, 2), [
      "// there",
      "// there\n  ioasid a",
    ]);
  });

  it("goes from the line of a table over its body to the statement around it", () => {
    assert.deepEqual(
      selections("guest vm0 { bind-pgtable gva { pte 0x$00 + 4K -> 0x0  pte 0x1000 + 4K none } }"),
      [
        "0x0",
        "0x0 + 4K",
        "pte 0x0 + 4K -> 0x0",
        "pte 0x0 + 4K -> 0x0  pte 0x1000 + 4K none",
        "{ pte 0x0 + 4K -> 0x0  pte 0x1000 + 4K none }",
        "bind-pgtable gva { pte 0x0 + 4K -> 0x0  pte 0x1000 + 4K none }",
        "{ bind-pgtable gva { pte 0x0 + 4K -> 0x0  pte 0x1000 + 4K none } }",
      ],
    );
  });

  it("grows at every step, around the cursor, wherever it is in whatever text", () => {
    const texts = ["examples/guest-sva.ioasid", "examples/migration.ioasid"].map((path) =>
      readFileSync(path, "utf8"),
    );
    const cut = fc
      .tuple(fc.constantFrom(...texts), fc.nat(), fc.nat(), fc.nat())
      .map(([text, from, length, at]) => {
        const start = from % text.length;
        const broken = text.slice(0, start) + text.slice(start + (length % 40));
        return { text: broken, offset: at % (broken.length + 1) };
      });
    fc.assert(
      fc.property(cut, ({ text, offset }) => {
        const ranges = selectionAt(syntax.parse(text), offset);
        assert.deepEqual(ranges.at(-1), { start: 0, end: text.length });
        let [start, end] = [offset, offset];
        for (const [index, range] of ranges.entries()) {
          assert.ok(range.start <= start && range.end >= end);
          assert.ok(index === 0 || range.start < start || range.end > end);
          ({ start, end } = range);
        }
      }),
      { numRuns: 500, seed: 4 },
    );
  });
});
