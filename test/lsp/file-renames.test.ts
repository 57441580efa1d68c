import assert from "node:assert/strict";
import { mkdirSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Location, TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver-protocol/node";
import { type Folder, makeFolder } from "./folder.js";
import { Session } from "./session.js";

const FILES = {
  "platforms/spr.ioasid": 'import "parts/iommu.ioasid"\npdev nic at 3b:00.0 behind vtd { category 0 }\n',
  "platforms/parts/iommu.ioasid": "iommu vtd { pasid-width 20 }\n",
  "a.ioasid": 'import "./platforms/spr.ioasid"\nnative app { bind nic }\n',
  "tests/b.ioasid": 'import "../platforms/spr.ioasid"\nimport "../none.ioasid"\nnative app { bind nic }\n',
};

describe("files that are renamed or moved", () => {
  let folder: Folder;
  let session: Session;

  beforeEach(async () => {
    folder = makeFolder(FILES);
    session = await Session.start({
      folders: [folder],
      capabilities: { workspace: { workspaceEdit: { documentChanges: true } } },
    });
  });
  afterEach(async () => {
    await session.stop();
    folder.remove();
  });

  const renames = (moves: Record<string, string>) => ({
    files: Object.entries(moves).map(([from, to]) => ({
      oldUri: folder.uriOf(from),
      newUri: folder.uriOf(to),
    })),
  });

  /** What the imports become, by file. */
  async function edits(moves: Record<string, string>): Promise<Record<string, string[]>> {
    const edit = await session.request<WorkspaceEdit | null>("workspace/willRenameFiles", renames(moves));
    const changes = (edit?.documentChanges ?? []) as TextDocumentEdit[];
    return Object.fromEntries(
      changes.map(({ textDocument: { uri }, edits }) => [
        uri.slice(folder.uri.length + 1),
        edits.map((each) => ("newText" in each ? each.newText : "")),
      ]),
    );
  }

  it("are imported by their new names, in all files", async () => {
    assert.deepEqual(await edits({ "platforms/spr.ioasid": "platforms/emr.ioasid" }), {
      "a.ioasid": ["./platforms/emr.ioasid"],
      "tests/b.ioasid": ["../platforms/emr.ioasid"],
    });
  });

  it("have their own imports mended where they go to another folder", async () => {
    assert.deepEqual(await edits({ "platforms/spr.ioasid": "spr.ioasid" }), {
      "a.ioasid": ["./spr.ioasid"],
      "platforms/spr.ioasid": ["platforms/parts/iommu.ioasid"],
      "tests/b.ioasid": ["../spr.ioasid"],
    });
    assert.deepEqual(await edits({ "tests/b.ioasid": "tests/more/b.ioasid" }), {
      "tests/b.ioasid": ["../../platforms/spr.ioasid", "../../none.ioasid"],
    });
  });

  it("may be in a folder that moves, or move together", async () => {
    assert.deepEqual(await edits({ platforms: "hosts" }), {
      "a.ioasid": ["./hosts/spr.ioasid"],
      "tests/b.ioasid": ["../hosts/spr.ioasid"],
    });
    const together = {
      "platforms/spr.ioasid": "x/spr.ioasid",
      "platforms/parts/iommu.ioasid": "x/parts/iommu.ioasid",
    };
    assert.deepEqual(Object.keys(await edits(together)), ["a.ioasid", "tests/b.ioasid"]);
  });

  it("change nothing when no import leads to them, or leads to them as before", async () => {
    assert.deepEqual(await edits({ "a.ioasid": "c.ioasid" }), {});
    assert.deepEqual(await edits({ "platforms/spr.ioasid": 'platforms/a"b.ioasid' }), {});
    assert.equal(
      await session.request("workspace/willRenameFiles", renames({ "a.ioasid": "c.ioasid" })),
      null,
    );
  });

  it("are known by their new names afterwards", async () => {
    const asked = (name: string) =>
      session.request<Location[] | null>("textDocument/references", {
        textDocument: { uri: folder.uriOf(name) },
        position: { line: 0, character: 7 },
        context: { includeDeclaration: true },
      });
    const shown = (found: Location[] | null) => found?.map(({ uri }) => uri.slice(folder.uri.length + 1));
    const names = ["platforms/parts/iommu.ioasid", "platforms/spr.ioasid"];
    assert.deepEqual(shown(await asked(names[0]!)), names);
    const to = folder.uriOf("hosts");
    mkdirSync(dirname(fileURLToPath(to)), { recursive: true });
    renameSync(fileURLToPath(folder.uriOf("platforms")), fileURLToPath(to));
    await session.connection.sendNotification("workspace/didRenameFiles", renames({ platforms: "hosts" }));
    assert.deepEqual(shown(await asked("hosts/parts/iommu.ioasid")), [
      "hosts/parts/iommu.ioasid",
      "hosts/spr.ioasid",
    ]);
    assert.equal(await asked(names[0]!), null);
  });
});
