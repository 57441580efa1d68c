import assert from "node:assert/strict";
import type { Hover, MarkupContent } from "vscode-languageserver-protocol";
import { positionAt, Session, type SessionOptions } from "./session.js";

const FILE = `// Where everything *starts*.
iommu vtd { nesting hardware }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  ioasid gpa { map 0x0 + 1G -> ram }
  bind nic
  attach nic -> gpa
}
scenario "one" {
  dma nic read 0x1000 => ram[0x1000]
  free gpa => EBUSY
}
`;

/** What a session says at a piece of the file, where `|` is the cursor. */
async function hoverAt(options: SessionOptions, piece: string): Promise<Hover | null> {
  const [before = "", after = ""] = piece.split("|");
  const session = await Session.start(options);
  const uri = "file:///no-such-folder/hover.ioasid";
  await session.open(uri, FILE);
  const position = positionAt(FILE, FILE.indexOf(before + after) + before.length);
  const found = await session.request<Hover | null>("textDocument/hover", {
    textDocument: { uri },
    position,
  });
  await session.stop();
  return found;
}

const MARKDOWN: SessionOptions = {
  capabilities: { textDocument: { hover: { contentFormat: ["markdown"] } } },
  options: { rulePage: "https://example.org/{code}" },
};

function textOf(hover: Hover | null): string {
  return (hover?.contents as MarkupContent | undefined)?.value ?? "";
}

describe("hover over the protocol", () => {
  it("is Markdown in which the words of the file are no marks, and rules are links", async () => {
    const name = await hoverAt(MARKDOWN, "iommu v|td");
    assert.match(
      textOf(name),
      /^```ioasid\niommu vtd { nesting hardware }\n```\n\nWhere everything \\\*starts\\\*\. {2}\n/,
    );
    assert.deepEqual(name?.range, { start: { line: 1, character: 6 }, end: { line: 1, character: 9 } });
    const errno = await hoverAt(MARKDOWN, "EB|USY");
    assert.match(textOf(errno), /- \[P016\]\(https:\/\/example\.org\/P016\) free of a space in use/);
  });

  it("knows what the run did", async () => {
    assert.match(
      textOf(await hoverAt(MARKDOWN, "read 0x1|000")),
      /- \*\*second\*\*: gpa level 3 entry 0 is a leaf of 1G/,
    );
  });

  it("is plain text for a client that takes no Markdown", async () => {
    const { contents } = (await hoverAt({}, "EB|USY")) ?? {};
    assert.equal((contents as MarkupContent).kind, "plaintext");
    assert.match((contents as MarkupContent).value, /\n- P016 free of a space in use/);
  });

  it("is nothing where nothing stands", async () => {
    assert.equal(await hoverAt(MARKDOWN, "-> ram }|"), null);
  });
});
