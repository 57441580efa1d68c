import assert from "node:assert/strict";
import type {
  DocumentLink,
  FoldingRange,
  LinkedEditingRanges,
  SelectionRange,
} from "vscode-languageserver-protocol/node";
import { positionAt, Session } from "./session.js";

const HOST = "file:///work/host.ioasid";
const URI = "file:///work/test.ioasid";

const TEXT = `import "host.ioasid"
import "./host.ioasid"
import "none.ioasid"
import "../../outside.ioasid"
// one
// two
guest vm0 {
  ioasid gpa {
    map 0x0 + 4K -> 0x0
  }
}
`;

describe("the structure of a document, through the protocol", () => {
  let session: Session;
  before(async () => {
    session = await Session.start({
      capabilities: { textDocument: { foldingRange: { lineFoldingOnly: true, rangeLimit: 3 } } },
    });
    await session.open(HOST, "iommu vtd { pasid-width 20 }\n");
    await session.open(URI, TEXT);
  });
  after(() => session.stop());

  const document = { textDocument: { uri: URI } };

  it("folds whole lines up to the last one before a closing brace, and no more than the client takes", async () => {
    const found = await session.request<FoldingRange[]>("textDocument/foldingRange", document);
    assert.deepEqual(found, [
      { startLine: 0, endLine: 3, kind: "imports" },
      { startLine: 6, endLine: 9 },
      { startLine: 7, endLine: 8 },
    ]);
  });

  it("folds from brace to brace for a client that can hide parts of lines", async () => {
    const other = await Session.start();
    await other.open(URI, TEXT);
    const found = await other.request<FoldingRange[]>("textDocument/foldingRange", document);
    assert.deepEqual(found[2], { startLine: 6, startCharacter: 11, endLine: 10, endCharacter: 0 });
    assert.equal(found.length, 4);
    await other.stop();
  });

  it("grows several selections at once", async () => {
    const positions = ["gpa", "4K"].map((word) => positionAt(TEXT, TEXT.indexOf(word)));
    const found = await session.request<SelectionRange[]>("textDocument/selectionRange", {
      ...document,
      positions,
    });
    const sizes = found.map((chain) => {
      let count = 0;
      for (let at: SelectionRange | undefined = chain; at; at = at.parent) count += 1;
      return [chain.range.start.line, count];
    });
    assert.deepEqual(sizes, [
      [7, 5],
      [8, 8],
    ]);
  });

  it("links imports to the files that can be read", async () => {
    const found = await session.request<DocumentLink[]>("textDocument/documentLink", document);
    assert.deepEqual(
      found.map(({ range, target, tooltip }) => [range.start, range.end.character, target, tooltip]),
      [
        [{ line: 0, character: 8 }, 19, HOST, "Open /work/host.ioasid"],
        [{ line: 1, character: 8 }, 21, HOST, "Open /work/host.ioasid"],
      ],
    );
  });

  it("links the places of a name for typing", async () => {
    const asked = { ...document, position: positionAt(TEXT, TEXT.indexOf("gpa")) };
    const found = await session.request<LinkedEditingRanges>("textDocument/linkedEditingRange", asked);
    assert.deepEqual(found.ranges, [{ start: { line: 7, character: 9 }, end: { line: 7, character: 12 } }]);
    assert.match("vm-", new RegExp(`^${found.wordPattern}$`));
  });
});
