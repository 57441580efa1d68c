import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { format, formatEdits, syntax, type TextEdit } from "../../../engine/language/index.js";
import { type LayoutKey, layoutOfRange, layoutOfTyped } from "../../../engine/services/index.js";
import { marked } from "../../helpers/cursor.js";

function applied(text: string, edits: readonly TextEdit[]): string {
  return edits
    .toReversed()
    .reduce(
      (before, { start, end, text: inserted }) => before.slice(0, start) + inserted + before.slice(end),
      text,
    );
}

/** The text after a key was typed at `$0`, which stands right behind it. */
function typed(source: string, key: LayoutKey): string {
  const { text, at } = marked(source);
  return applied(text, layoutOfTyped(syntax.parse(text), at(), key));
}

describe("the layout of a range", () => {
  it("is that of its lines, and no other", () => {
    const text = "cpu  {  }\nguest vm0 {\n bind  nic\n attach nic->gpa\n}\n";
    const start = text.indexOf("nic->");
    const found = applied(text, layoutOfRange(syntax.parse(text), { start, end: start + 2 }));
    assert.equal(found, "cpu  {  }\nguest vm0 {\n bind  nic\n  attach nic -> gpa\n}\n");
  });

  it("is given although there is a mistake in another declaration", () => {
    const text = "cpu  {  }\n}\nguest vm0 {\n bind  nic\n}\n";
    const start = text.indexOf("bind");
    assert.deepEqual(formatEdits(text, { range: { start, end: start } }), []);
    const found = applied(text, layoutOfRange(syntax.parse(text), { start, end: start }));
    assert.equal(found, "cpu  {  }\n}\nguest vm0 {\n  bind nic\n}\n");
  });

  it("is that of the whole file in those lines, whatever the range and however the file is spaced", () => {
    const texts = ["guest-sva", "migration", "smmuv3", "rfc-5-6-io-page-fault"].map((name) =>
      readFileSync(`examples/${name}.ioasid`, "utf8"),
    );
    texts.push(
      "cpu { enqcmd } // one\npdev nic at 3b:00.0 { category 0 } // two\n// three\nguest vm0 { // four\n  ioasid a // five\n} // six\ncpu { } // seven\n",
    );
    const spaced = fc
      .tuple(
        fc.constantFrom(...texts),
        fc.array(fc.constantFrom("", " ", "   "), { minLength: 1, maxLength: 7 }),
      )
      .map(([text, blanks]) => {
        let count = 0;
        return text.replace(/^ +| {2,}(?=\S)/gm, (_, at: number) => {
          const blank = blanks[count++ % blanks.length] ?? "";
          return text[at - 1] === "\n" ? blank : ` ${blank}`;
        });
      });
    fc.assert(
      fc.property(spaced, fc.nat(), fc.nat(), (text, from, length) => {
        const start = from % text.length;
        const range = { start, end: Math.min(start + (length % 400), text.length) };
        assert.deepEqual(layoutOfRange(syntax.parse(text), range), formatEdits(text, { range }));
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});

describe("the layout after a closing brace", () => {
  it("is that of its block", () => {
    assert.equal(
      typed('cpu  {  }\nguest vm0 {\nbind   nic\n   ioasid gpa\n}$0\nscenario  "s" { }\n', "}"),
      'cpu  {  }\nguest vm0 {\n  bind nic\n  ioasid gpa\n}\nscenario  "s" { }\n',
    );
  });

  it("is that of the block that it closes, not of the one around it", () => {
    assert.equal(
      typed("guest vm0 {\nbind   nic\n   ioasid gpa {map 0x0+4K->0x0}$0\n}\n", "}"),
      "guest vm0 {\nbind   nic\n  ioasid gpa { map 0x0 + 4K -> 0x0 }\n}\n",
    );
  });

  it("is none in a comment or a string, or of a brace that closes nothing", () => {
    for (const text of [
      "cpu  { } // }$0\n",
      'scenario  "}$0" { }\n',
      "cpu  { }\n}$0\n",
      "cpu  { $0 }\n",
      "$0",
    ]) {
      assert.equal(typed(text, "}"), marked(text).text);
    }
  });
});

describe("the layout after a line end", () => {
  it("is that of the finished line, and the line of the cursor stays", () => {
    assert.equal(
      typed('scenario "s" {\n dma nic   read 0x0=>ok\n    $0\n}\n', "\n"),
      'scenario "s" {\n  dma nic read 0x0                        => ok\n    \n}\n',
    );
  });

  it("moves the columns of its neighbours on both sides, which the cursor's empty line does not part", () => {
    const long = "dma nic pasid 7 read 0x7f00_0000_0000 + 16M priv";
    const before = `scenario "s" {
  dma nic read 0x0                        => fault
  ${long} => fault
$0
  dma nic read 0x1000                     => fault
}

scenario "t" {
  dma nic read 0x0 => fault
}
`;
    const column = long.length + 4;
    assert.equal(
      typed(before, "\n"),
      `scenario "s" {
  ${"dma nic read 0x0".padEnd(column - 2)}=> fault
  ${long}  => fault

  ${"dma nic read 0x1000".padEnd(column - 2)}=> fault
}

scenario "t" {
  dma nic read 0x0 => fault
}
`,
    );
  });

  it("does not take back a line end in the middle of a statement or a block", () => {
    assert.equal(
      typed("guest vm0 {\n attach nic\n$0 -> gpa\n}\n", "\n"),
      "guest vm0 {\n  attach nic\n -> gpa\n}\n",
    );
    assert.equal(typed("cpu  {\n$0enqcmd }\n", "\n"), "cpu {\nenqcmd }\n");
  });

  it("works with lines that end with CR LF", () => {
    assert.equal(
      typed('scenario "s" {\r\n dma nic read 0x0  => fault\r\n dma   nic read 0x0=>ok\r\n$0\r\n}\r\n', "\n"),
      'scenario "s" {\r\n  dma nic read 0x0                        => fault\r\n  dma nic read 0x0                        => ok\r\n\r\n}\r\n',
    );
  });

  it("is none in the first line, behind an empty line, and of what is not understood", () => {
    for (const text of ["$0cpu  { }", "cpu  { }\n\n$0", "guest vm0 {\n  bind  ->\n$0\n}\n"]) {
      assert.equal(typed(text, "\n"), marked(text).text);
    }
  });

  it("changes nothing in a text that has its layout, wherever a line is begun", () => {
    const text = format(readFileSync("examples/guest-sva.ioasid", "utf8"));
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
      const longer = `${text.slice(0, at)}\n  ${text.slice(at)}`;
      assert.deepEqual(layoutOfTyped(syntax.parse(longer), at + 3, "\n"), [], longer.slice(at - 60, at));
    }
  });
});
