import assert from "node:assert/strict";
import { type DocumentSymbol, type SymbolInformation, SymbolKind } from "vscode-languageserver-protocol/node";
import { type Folder, makeFolder } from "./folder.js";
import { Session } from "./session.js";

const TEXT = "guest vm0 {\n  memory ram at 0x4000_0000 + 1G\n}\n";

describe("symbols, through the protocol", () => {
  let folder: Folder;
  before(() => {
    folder = makeFolder({ "a.ioasid": TEXT, "b/c.ioasid": 'import "../a.ioasid"\nguest vm1 { }\n' });
  });
  after(() => folder.remove());

  const document = () => ({ textDocument: { uri: folder.uriOf("a.ioasid") } });
  const range = (...[line, character, endLine, endCharacter]: [number, number, number, number]) => ({
    start: { line, character },
    end: { line: endLine, character: endCharacter },
  });

  it("of a document are a tree", async () => {
    const session = await Session.start({
      folders: [folder],
      capabilities: { textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } } },
    });
    const found = await session.request<DocumentSymbol[]>("textDocument/documentSymbol", document());
    assert.deepEqual(found, [
      {
        name: "vm0",
        kind: SymbolKind.Namespace,
        detail: "guest",
        range: range(0, 0, 2, 1),
        selectionRange: range(0, 6, 0, 9),
        children: [
          {
            name: "ram",
            kind: SymbolKind.Variable,
            detail: "0x4000_0000 + 1G",
            range: range(1, 2, 1, 32),
            selectionRange: range(1, 9, 1, 12),
            children: [],
          },
        ],
      },
    ]);
    await session.stop();
  });

  it("of a document are a list for a client that knows no tree", async () => {
    const session = await Session.start({ folders: [folder] });
    const found = await session.request<SymbolInformation[]>("textDocument/documentSymbol", document());
    assert.deepEqual(
      found.map(({ name, containerName }) => [name, containerName]),
      [
        ["vm0", undefined],
        ["ram", "vm0"],
      ],
    );
    await session.stop();
  });

  it("of the workspace are found in files that nobody has opened", async () => {
    const session = await Session.start({ folders: [folder] });
    const found = await session.request<SymbolInformation[]>("workspace/symbol", { query: "vm" });
    assert.deepEqual(
      found.map(({ name, location: { uri, range } }) => [name, uri.slice(folder.uri.length + 1), range]),
      [
        ["vm0", "a.ioasid", range(0, 6, 0, 9)],
        ["vm1", "b/c.ioasid", range(1, 6, 1, 9)],
      ],
    );
    await session.stop();
  });
});
