import assert from "node:assert/strict";
import { DiagnosticSeverity } from "vscode-languageserver-protocol";
import { settingsFrom } from "../../server/lsp/settings.js";
import { DEFAULT_SETTINGS } from "../../server/protocol/index.js";
import { Session } from "./session.js";

const URI = "file:///work/settings.ioasid";

/** A PASID width that a device of category 0 has no use for: C003, which has a level. */
const TEXT = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 0  pasid-width 8 }
`;

describe("settings as a client sends them", () => {
  it("have defaults for what is missing, and for what is of another type", () => {
    for (const value of [undefined, null, 3, "x", [], {}, { inlayHints: 1, rules: [], diagnostics: null }]) {
      assert.deepEqual(settingsFrom(value), DEFAULT_SETTINGS);
    }
    const { inlayHints, rules } = settingsFrom({
      inlayHints: { kvm: false, results: "no" },
      rules: { P027: "off", P003: 1 },
    });
    assert.deepEqual(inlayHints, { ...DEFAULT_SETTINGS.inlayHints, kvm: false });
    assert.deepEqual(rules, { P027: "off" });
  });
});

describe("the setting ioasid.rules", () => {
  it("gives rules their levels, also while files are open", async () => {
    const session = await Session.start();
    const levels = async () => (await session.findings(URI)).map(({ code, severity }) => [code, severity]);
    await session.open(URI, TEXT);
    const [finding] = await session.findings(URI, (items) => items.length > 0);
    assert.equal(finding?.code, "C003");
    assert.equal(finding?.severity, DiagnosticSeverity.Error);
    const settings = { ioasid: { rules: { C003: "warning" } } };
    await session.connection.sendNotification("workspace/didChangeConfiguration", { settings });
    await session.findings(URI, ([first]) => first?.severity === DiagnosticSeverity.Warning);
    assert.deepEqual(await levels(), [["C003", DiagnosticSeverity.Warning]]);
    await session.stop();
  });
});
