import assert from "node:assert/strict";
import type { CompletionList, DocumentDiagnosticReport } from "vscode-languageserver-protocol";
import { closeGate, InProcess, WORK } from "./in-process.js";

const URI = `${WORK}/large.ioasid`;

const GOOD = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 { category 3  pasid-width 8  ats }
guest vm0 {
  memory ram at 0x0 + 1G
  bind nic
  ioasid gpa
  attach nic -> gpa
${Array.from({ length: 6_000 }, (_, page) => `  map gpa 0x${(page + 0x10).toString(16)}000 + 4K -> ram`).join("\n")}
}
`;
const BAD = GOOD.replace("pasid-width 20", "pasid-width 20  ast");

/** A line behind which a name has to follow. */
const LINE = "  attach ";

describe("a large text", () => {
  let session: InProcess;
  afterEach(() => session.stop());

  async function edited(): Promise<void> {
    await session.change(URI, BAD);
    const start = { line: 6, character: 0 };
    await session.change(URI, { range: { start, end: start }, text: `${LINE}\n` });
  }

  async function completion(): Promise<readonly string[]> {
    const list = await session.request<CompletionList>("textDocument/completion", {
      textDocument: { uri: URI },
      position: { line: 6, character: LINE.length },
    });
    return list.items.map(({ label }) => label);
  }

  it("is compiled when the answers are sent that need no compiler", async () => {
    session = await InProcess.start();
    await session.open(URI, GOOD);
    await session.settle();
    const gate = closeGate(session);
    await edited();
    await session.advance(30);
    assert.deepEqual(await completion(), ["nic"]);
    assert.deepEqual(session.codes(URI), [], "the compiler has not begun");
    gate.open();
    await session.settle();
    assert.deepEqual(session.codes(URI), ["S016", "S011"]);
  });

  it("is checked once, for the last of several edits that come while it waits", async () => {
    session = await InProcess.start();
    await session.open(URI, GOOD);
    await session.settle();
    const gate = closeGate(session);
    await edited();
    await session.advance(30);
    session.pushed.length = 0;
    await session.change(URI, GOOD);
    await session.advance(0);
    gate.open();
    await session.settle();
    assert.deepEqual(
      session.pushed.map(({ version, diagnostics }) => [version, diagnostics.length]),
      [[4, 0]],
    );
  });

  it("offers what may stand at the cursor before findings that were asked for first", async () => {
    session = await InProcess.start({ capabilities: { textDocument: { diagnostic: {} } } });
    await session.open(URI, GOOD);
    const pull = () =>
      session.request<DocumentDiagnosticReport>("textDocument/diagnostic", { textDocument: { uri: URI } });
    const opened = pull();
    await session.settle();
    await opened;
    await edited();
    const asked = pull();
    // No time passes until the findings are waited for.
    assert.deepEqual(await completion(), ["nic"]);
    await session.settle();
    const report = await asked;
    assert.deepEqual(report.kind === "full" && report.items.map(({ code }) => code), ["S016", "S011"]);
  });
});
