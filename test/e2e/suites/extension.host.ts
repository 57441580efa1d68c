import assert from "node:assert/strict";
import * as vscode from "vscode";

/** Opens a file of the workspace, which is a copy of `examples`. */
async function openExample(name: string): Promise<vscode.TextDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
  await vscode.window.showTextDocument(document);
  return document;
}

describe("the extension", () => {
  const extension = vscode.extensions.getExtension("ioasid.ioasid");

  it("is not active before there is something for it to do", () => {
    assert.equal(extension?.isActive, false);
  });

  it("is active once a configuration is open", async () => {
    const document = await openExample("guest-sva.ioasid");

    assert.equal(document.languageId, "ioasid");
    await extension?.activate();
    assert.equal(extension?.isActive, true);
  });
});
