import assert from "node:assert/strict";
import fc from "fast-check";
import { chooseEncoding, type Encoding, TextPlaces } from "../../server/lsp/positions.js";

const ENCODINGS: readonly Encoding[] = ["utf-16", "utf-8"];

/** Texts of one to four bytes for each character, of all line ends, with a half pair now and then. */
const text = fc
  .array(fc.constantFrom("a", " ", "ü", "…", "€", "😀", "\n", "\r\n", "\r", "\ud83d", "gpa"), {
    maxLength: 40,
  })
  .map((pieces) => pieces.join(""));

/** Whether a character or a line end is in two parts at an offset. */
function isInside(value: string, offset: number): boolean {
  const code = value.codePointAt(offset - 1) ?? 0;
  return code > 0xffff || value.startsWith("\r\n", offset - 1);
}

describe("positions in a text", () => {
  for (const encoding of ENCODINGS) {
    it(`in ${encoding} lead back to where they come from, at every character`, () => {
      fc.assert(
        fc.property(text, (value) => {
          const places = new TextPlaces(value, encoding);
          for (let offset = 0; offset <= value.length; offset++) {
            if (isInside(value, offset)) continue;
            assert.equal(
              places.offset(places.position(offset)),
              offset,
              `at ${offset} of ${JSON.stringify(value)}`,
            );
          }
        }),
        { seed: 4 },
      );
    });

    it(`in ${encoding} lie in the text, whatever is asked`, () => {
      const number = fc.oneof(
        fc.nat(8),
        fc.integer(),
        fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5),
      );
      fc.assert(
        fc.property(text, number, number, fc.integer(), (value, line, character, offset) => {
          const places = new TextPlaces(value, encoding);
          const found = places.offset({ line, character });
          assert.ok(Number.isInteger(found) && found >= 0 && found <= value.length);
          const place = places.position(offset);
          assert.ok(place.line >= 0 && place.line < places.lineCount && place.character >= 0);
          const range = places.offsets({ start: { line, character }, end: places.position(offset) });
          assert.ok(range.start <= range.end && range.end <= value.length);
        }),
        { seed: 4 },
      );
    });

    it(`in ${encoding} after edits are those of the text made anew`, () => {
      const edit = fc.record({ first: fc.nat(), second: fc.nat(), inserted: text });
      fc.assert(
        fc.property(text, fc.array(edit, { maxLength: 5 }), (value, edits) => {
          let places = new TextPlaces(value, encoding);
          for (const { first, second, inserted } of edits) {
            const [one, other] = [first % (places.text.length + 1), second % (places.text.length + 1)];
            const range = { start: Math.min(one, other), end: Math.max(one, other) };
            const expected = places.text.slice(0, range.start) + inserted + places.text.slice(range.end);
            places = places.edited(range, inserted);
            assert.equal(places.text, expected);
            const anew = new TextPlaces(expected, encoding);
            assert.equal(places.lineCount, anew.lineCount);
            for (let offset = 0; offset <= expected.length; offset += 1) {
              const position = anew.position(offset);
              assert.deepEqual(places.position(offset), position);
              assert.equal(places.offset(position), anew.offset(position));
            }
          }
        }),
        { seed: 4, numRuns: 1000 },
      );
    });

    it(`in ${encoding} past the end of a line mean its end, before its line end`, () => {
      const places = new TextPlaces("ü\r\n😀\n", encoding);
      assert.equal(places.offset({ line: 0, character: 100 }), 1);
      assert.equal(places.offset({ line: 1, character: 100 }), 5);
      assert.equal(places.offset({ line: 100, character: 0 }), 6);
    });
  }

  it("in utf-8 count bytes, and in a character mean its start", () => {
    const places = new TextPlaces("aü…😀b", "utf-8");
    assert.deepEqual(
      [0, 1, 2, 3, 5, 6].map((offset) => places.position(offset).character),
      [0, 1, 3, 6, 10, 11],
    );
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 6, 7, 9, 10].map((character) => places.offset({ line: 0, character })),
      [0, 1, 1, 2, 2, 2, 3, 3, 3, 5],
    );
  });

  it("are counted in the first encoding of the client that the server knows, else in UTF-16", () => {
    assert.equal(chooseEncoding(["utf-32", "utf-8", "utf-16"]), "utf-8");
    assert.equal(chooseEncoding(["utf-16", "utf-8"]), "utf-16");
    assert.equal(chooseEncoding(["utf-32"]), "utf-16");
    assert.equal(chooseEncoding(undefined), "utf-16");
  });
});
