import assert from "node:assert/strict";
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver-protocol/node";
import { type Folder, makeFolder } from "./folder.js";
import { positionAt, Session } from "./session.js";

const HOST = "iommu vtd { pasid-width 20 }\n";
const A = 'import "../host.ioasid"\npdev nic at 3b:00.0 behind vtd { category 0 }\n';
const B = 'import "host.ioasid"\npdev ssd at 3b:00.0 behind vtd { category 0 }\n';

/** Starts of edits, by file, with the version that they are for. */
function shown({ documentChanges }: WorkspaceEdit, folder: Folder): Record<string, unknown> {
  const changes = (documentChanges ?? []) as TextDocumentEdit[];
  const startsOf = (edits: readonly TextEdit[]) =>
    edits.map(({ range, newText }) => `${range.start.line}:${range.start.character} ${newText}`);
  return Object.fromEntries(
    changes.map(({ textDocument: { uri, version }, edits }) => [
      `${uri.slice(folder.uri.length + 1)} ${version}`,
      startsOf(edits as TextEdit[]),
    ]),
  );
}

describe("rename, through the protocol", () => {
  let folder: Folder;
  let outside: Folder;
  let session: Session;

  before(async () => {
    folder = makeFolder({ "host.ioasid": HOST, "a/a.ioasid": A, "b.ioasid": B });
    outside = makeFolder({ "host.ioasid": HOST });
    session = await Session.start({
      folders: [folder],
      capabilities: {
        textDocument: { rename: { prepareSupport: true } },
        workspace: { workspaceEdit: { documentChanges: true }, workspaceFolders: true },
      },
    });
  });
  after(async () => {
    await session.stop();
    folder.remove();
    outside.remove();
  });

  const inA = () => ({
    textDocument: { uri: folder.uriOf("a/a.ioasid") },
    position: { line: 1, character: 29 },
  });

  it("says what would be renamed, in a file that nobody has opened", async () => {
    assert.deepEqual(await session.request("textDocument/prepareRename", inA()), {
      range: { start: { line: 1, character: 27 }, end: { line: 1, character: 30 } },
      placeholder: "vtd",
    });
  });

  it("edits every file of the workspace that knows the name, each in its version", async () => {
    await session.open(folder.uriOf("b.ioasid"), `// opened and changed\n${B}`);
    const edit = await session.request<WorkspaceEdit>("textDocument/rename", { ...inA(), newName: "smmu" });
    assert.deepEqual(shown(edit, folder), {
      "a/a.ioasid null": ["1:27 smmu"],
      "b.ioasid 1": ["2:27 smmu"],
      "host.ioasid null": ["0:6 smmu"],
    });
    await session.close(folder.uriOf("b.ioasid"));
  });

  it("refuses with a sentence", async () => {
    await assert.rejects(session.request("textDocument/rename", { ...inA(), newName: "map" }), {
      message: "`map` begins a statement wherever it stands, so nothing can have it as its name.",
    });
    await assert.rejects(session.request("textDocument/rename", { ...inA(), newName: "ssd" }), {
      message:
        'With the name `ssd`, line 2 of b.ioasid would be wrong: "ssd" is declared already, as an IOMMU; the first declaration counts. Choose another name.',
    });
  });

  it("refuses to change a file outside of the workspace that is not open", async () => {
    const uri = outside.uriOf("root.ioasid");
    const { text, at } = await session.open(uri, B.replace("vtd", "vt$0d"));
    const asked = { textDocument: { uri }, position: positionAt(text, at()) };
    const sentence =
      /^`vtd` also stands in .*host\.ioasid, which lies outside of the folders of this workspace/;
    await assert.rejects(session.request("textDocument/prepareRename", asked), { message: sentence });
    await session.open(outside.uriOf("host.ioasid"), HOST);
    const edit = await session.request<WorkspaceEdit>("textDocument/rename", { ...asked, newName: "smmu" });
    assert.deepEqual(shown(edit, outside), { "host.ioasid 1": ["0:6 smmu"], "root.ioasid 1": ["1:27 smmu"] });
  });

  it("has nothing to rename in a word or a number", async () => {
    const asked = { ...inA(), position: { line: 1, character: 1 } };
    assert.equal(await session.request("textDocument/prepareRename", asked), null);
    assert.equal(await session.request("textDocument/rename", { ...asked, newName: "a" }), null);
  });

  it("edits without versions for a client that knows none", async () => {
    const plain = await Session.start({ folders: [folder] });
    const edit = await plain.request<WorkspaceEdit>("textDocument/rename", { ...inA(), newName: "smmu" });
    assert.deepEqual(Object.keys(edit.changes ?? {}).length, 3);
    assert.equal(plain.result.capabilities.renameProvider, true);
    await plain.stop();
  });
});
