import assert from "node:assert/strict";
import * as vscode from "vscode";
describe("fixture", () => {
  it("has the API", async () => {
    const all = await vscode.commands.getCommands();
    assert.ok(all.length > 100);
    assert.ok(vscode.extensions.getExtension("ioasid-tests.fixture"));
  });
  it("fails", () => { assert.equal(1, 2); });
});
