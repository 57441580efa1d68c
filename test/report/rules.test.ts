import assert from "node:assert/strict";
import type { Block } from "../../engine/report/rules/blocks.js";
import { paragraphs } from "../../engine/report/rules/blocks.js";
import { flowed } from "../../engine/report/rules/inline.js";
import { markdownText } from "../../engine/report/rules/markdown.js";
import { plainText, terminalText } from "../../engine/report/rules/terminal.js";
import { PLAIN } from "../../engine/report/text/style.js";

const BLOCKS: readonly Block[] = [
  { kind: "heading", level: 2, text: "The `attach` call" },
  { kind: "paragraph", text: "See [P003](P003.md), which is **strong**, and `kvm map`." },
  {
    kind: "facts",
    rows: [
      ["Severity", "error"],
      ["Source", "RFC v1 §4, which says so in more words than one line of this terminal has"],
    ],
  },
  { kind: "list", items: ["one item", "another, which goes on for longer than one line of a terminal"] },
  {
    kind: "table",
    heads: ["flag", "meaning"],
    rows: [
      ["`cpu`", "a|b"],
      ["`delegated`", ""],
    ],
  },
  { kind: "code", language: "ioasid", text: "guest vm0 {\n\n  bind nic\n}\n" },
];

describe("a page", () => {
  it("is Markdown", () => {
    assert.equal(
      markdownText(BLOCKS),
      `## The \`attach\` call

See [P003](P003.md), which is **strong**, and \`kvm map\`.

| | |
|---|---|
| Severity | error |
| Source | RFC v1 §4, which says so in more words than one line of this terminal has |

- one item
- another, which goes on for longer than one line of a terminal

| flag | meaning |
|---|---|
| \`cpu\` | a\\|b |
| \`delegated\` | |

\`\`\`ioasid
guest vm0 {

  bind nic
}
\`\`\`
`,
    );
  });

  it("is text for a terminal, without any mark", () => {
    assert.equal(
      terminalText(BLOCKS, PLAIN, 44),
      `The attach call

See P003, which is strong, and kvm map.

Severity  error
Source    RFC v1 §4, which says so in more
          words than one line of this
          terminal has

- one item
- another, which goes on for longer than one
  line of a terminal

flag       meaning
cpu        a|b
delegated

  guest vm0 {

    bind nic
  }
`,
    );
  });

  it("is plain text whose paragraphs are one line each", () => {
    assert.match(plainText(BLOCKS), /\nSource {4}RFC v1 §4, .* terminal has\n/);
  });
});

describe("the text of a paragraph", () => {
  const marked = { ...PLAIN, bold: (text: string) => `<${text}>`, cyan: (text: string) => `{${text}}` };

  it("is broken at blanks, also inside code", () => {
    assert.deepEqual(flowed("write `kvm map` here", 9, marked), ["write {kvm}", "{map} here"]);
  });

  it("keeps what touches a mark on its line", () => {
    assert.deepEqual(flowed("(`attach`), **so**.", 80, marked), ["({attach}), <so>."]);
  });

  it("knows the width of wide letters", () => {
    assert.deepEqual(flowed("日本 日本", 8, PLAIN), ["日本", "日本"]);
  });

  it("leaves a lone mark alone", () => {
    assert.deepEqual(flowed("a ` b * c [T-KT-0603] d", 80, PLAIN), ["a ` b * c [T-KT-0603] d"]);
    assert.deepEqual(flowed("", 80, PLAIN), [""]);
  });

  it("comes from paragraphs that may be broken anywhere", () => {
    assert.deepEqual(
      paragraphs("one\ntwo\n\n  three\n"),
      ["one two", "three"].map((text) => ({ kind: "paragraph", text })),
    );
  });
});
