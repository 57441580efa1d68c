import assert from "node:assert/strict";
import { type Location, ProgressType, type SymbolInformation } from "vscode-languageserver-protocol/node";
import { InProcess } from "./in-process.js";

const ROOT = "file:///work/root.ioasid";
const COUNT = 1200;
const LINES = Array.from({ length: COUNT }, (_, n) => `mdev m${n} on nic { category 1 }`);
const TEXT = `iommu vtd { pasid-width 20 }\npdev nic at 3b:00.0 behind vtd { category 0 }\n${LINES.join("\n")}\n`;

describe("a long list", () => {
  let session: InProcess;
  before(async () => {
    session = await InProcess.start({ capabilities: {}, disk: { [ROOT]: TEXT } });
    await session.open(ROOT, TEXT);
  });
  after(() => session.stop());

  /** The answer of a request, and the pieces that came before it. */
  async function asked<T>(method: string, params: object): Promise<{ answer: T[]; pieces: T[][] }> {
    const pieces: T[][] = [];
    const listener = session.client.onProgress(new ProgressType<T[]>(), method, (piece) => {
      pieces.push(piece);
    });
    const answer = await session.request<T[]>(method, { ...params, partialResultToken: method });
    listener.dispose();
    return { answer, pieces };
  }

  const REFERENCES = {
    textDocument: { uri: ROOT },
    position: { line: 1, character: 6 },
    context: { includeDeclaration: true },
  };

  it("of references comes piece by piece to a client that takes it so", async () => {
    const { answer, pieces } = await asked<Location>("textDocument/references", REFERENCES);
    assert.deepEqual(answer, []);
    assert.deepEqual(
      pieces.map(({ length }) => length),
      [500, 500, COUNT + 1 - 1000],
    );
    const whole = await session.request<Location[]>("textDocument/references", REFERENCES);
    assert.deepEqual(pieces.flat(), whole);
  });

  it("of symbols comes piece by piece to a client that takes it so", async () => {
    const { answer, pieces } = await asked<SymbolInformation>("workspace/symbol", { query: "m1" });
    assert.deepEqual(answer, []);
    const whole = await session.request<SymbolInformation[]>("workspace/symbol", { query: "m1" });
    assert.ok(whole.length > 100);
    assert.deepEqual(pieces.flat(), whole);
  });
});
