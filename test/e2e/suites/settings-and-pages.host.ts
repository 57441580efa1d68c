import assert from "node:assert/strict";
import * as vscode from "vscode";
import { diagnosticsOf, openText } from "./helpers/documents.js";

/** A PASID width that a device of category 0 has no use for: C003. */
const WIDTH_WITHOUT_USE = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 0  pasid-width 8 }
`;

describe("the pages of the rules", () => {
  it("are documents, which links of one lead to", async () => {
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse("ioasid-rule:/P003.md"));
    assert.match(page.getText(), /^# P003: vPASID beyond the PASID width\n/);
    assert.equal(page.languageId, "markdown");
    const index = await vscode.workspace.openTextDocument(vscode.Uri.parse("ioasid-rule:/errnos.md"));
    assert.match(index.getText(), /^# Rules by errno and call\n/);
  });

  it("say so when there is none", async () => {
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse("ioasid-rule:/P999.md"));
    assert.equal(page.getText(), "There is no page `P999.md`.\n");
  });

  it("are behind the codes of findings", async () => {
    const document = await openText(WIDTH_WITHOUT_USE);
    const [finding] = await diagnosticsOf(document, (found) => found.length > 0);
    const { code } = finding ?? {};
    assert.ok(typeof code === "object");
    assert.equal(code.value, "C003");
    assert.equal(code.target.toString(true), 'command:ioasid.explainRule?["C003"]');
  });
});

describe("the setting ioasid.rules", () => {
  const settings = () => vscode.workspace.getConfiguration("ioasid");

  after(() => settings().update("rules", undefined, vscode.ConfigurationTarget.Workspace));

  it("gives rules other levels at once", async () => {
    const document = await openText(WIDTH_WITHOUT_USE);
    const [before] = await diagnosticsOf(document, (found) => found.length > 0);
    assert.equal(before?.severity, vscode.DiagnosticSeverity.Error);
    await settings().update("rules", { C003: "warning" }, vscode.ConfigurationTarget.Workspace);
    await diagnosticsOf(document, ([first]) => first?.severity === vscode.DiagnosticSeverity.Warning);
    await settings().update("rules", { C003: "off" }, vscode.ConfigurationTarget.Workspace);
    await diagnosticsOf(document, (found) => found.length === 0);
  });
});
