import assert from "node:assert/strict";
import {
  CancellationTokenSource,
  type ClientCapabilities,
  type DocumentDiagnosticReport,
  FileChangeType,
  ProgressType,
  type WorkspaceDiagnosticReport,
} from "vscode-languageserver-protocol";
import { closeGate, InProcess, WORK } from "./in-process.js";

const URI = `${WORK}/test.ioasid`;
const HOST = `${WORK}/host.ioasid`;
const CONFIG = `${WORK}/ioasid.config.json`;

const GOOD = "iommu vtd { pasid-width 20 }\n";
const BAD = "iommu vtd { pasid-widht 20 }\n";

/** A program whose scenario has many steps, so that its run takes many slices. */
const LONG = `${GOOD}pdev nic at 3b:00.0 { category 3  pasid-width 8 }
guest vm0 { bind nic  ioasid gpa  attach nic -> gpa }
scenario "long" {
${"  dma nic read 0x1000 => fault\n".repeat(300)}  dma nic read 0x1000
}
`;

const PULLS: ClientCapabilities = {
  textDocument: { diagnostic: { relatedDocumentSupport: true } },
  workspace: { diagnostics: { refreshSupport: true } },
};

/** A client that asks, with a count of how often the server told it to ask again. */
async function pulling(disk: Readonly<Record<string, string>> = {}, settings?: () => unknown) {
  const session = await InProcess.start({
    capabilities: settings ? { ...PULLS, workspace: { ...PULLS.workspace, configuration: true } } : PULLS,
    disk,
    ...(settings && { settings }),
  });
  const refreshes = { count: 0 };
  session.client.onRequest("workspace/diagnostic/refresh", () => {
    refreshes.count += 1;
    return null;
  });
  return { session, refreshes };
}

function pull(session: InProcess, uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
  return session.request("textDocument/diagnostic", { textDocument: { uri }, previousResultId });
}

/** Codes by the file's name, of the files of an answer that have others than before. */
function told({ items }: WorkspaceDiagnosticReport): Record<string, unknown> {
  return Object.fromEntries(
    items.flatMap((item) =>
      item.kind === "full" ? [[item.uri.slice(WORK.length + 1), item.items.map(({ code }) => code)]] : [],
    ),
  );
}

function idsOf({ items }: WorkspaceDiagnosticReport) {
  return items.map(({ uri, resultId }) => ({ uri, value: resultId ?? "" }));
}

describe("findings that a client asks for", () => {
  let session: InProcess;
  afterEach(() => session.stop());

  const pullAll = (previous: readonly { uri: string; value: string }[] = []) =>
    session.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds: previous });

  it("are those of the text as it stands, and are not sent again while they stay", async () => {
    ({ session } = await pulling());
    await session.open(URI, BAD);
    const first = await pull(session, URI);
    assert.ok(first.kind === "full");
    assert.deepEqual(
      first.items.map(({ code }) => code),
      ["S016"],
    );
    assert.deepEqual(await pull(session, URI, first.resultId), {
      kind: "unchanged",
      resultId: first.resultId,
    });
    await session.change(URI, GOOD);
    const second = await pull(session, URI, first.resultId);
    assert.deepEqual(second.kind === "full" && second.items, []);
    assert.deepEqual(session.pushed, []);
  });

  it("come before a long run has ended, and the client asks again when it has", async () => {
    let refreshes: { count: number };
    ({ session, refreshes } = await pulling());
    await session.open(URI, LONG);
    const gate = closeGate(session);
    const asked = pull(session, URI);
    await session.advance(20);
    const early = await asked;
    assert.deepEqual(early.kind === "full" && early.items, []);
    const before = refreshes.count;
    gate.open();
    await session.settle();
    assert.equal(refreshes.count, before + 1);
    const whole = await pull(session, URI, early.resultId);
    assert.deepEqual(whole.kind === "full" && whole.items.map(({ code }) => code), ["U090"]);
    await session.settle();
    assert.equal(refreshes.count, before + 1, "and no more after that");
  });

  it("end at once when the client cancels", async () => {
    ({ session } = await pulling());
    await session.open(URI, LONG);
    const gate = closeGate(session);
    const cancel = new CancellationTokenSource();
    const params = { textDocument: { uri: URI } };
    const asked = session.client.sendRequest("textDocument/diagnostic", params, cancel.token);
    await session.advance(0);
    cancel.cancel();
    await assert.rejects(asked, /cancelled/);
    gate.open();
  });

  it("of another open document are asked for again when an import of it has changed", async () => {
    let refreshes: { count: number };
    ({ session, refreshes } = await pulling());
    await session.open(HOST, GOOD);
    await session.open(URI, 'import "host.ioasid"\npdev nic at 3b:00.0 behind vtd { category 0 }\n');
    await pull(session, HOST);
    const before = await pull(session, URI);
    await session.settle();
    const count = refreshes.count;
    await session.change(HOST, GOOD.replace("vtd", "smmu"));
    await pull(session, HOST);
    // The editor asks for the importer too, since its answers depend on other files.
    const after = await pull(session, URI, before.resultId);
    assert.deepEqual(after.kind === "full" && after.items.map(({ code }) => code), ["S040"]);
    await session.settle();
    assert.equal(refreshes.count, count);
  });

  it("of a closed import come with those of the file that has them in its program", async () => {
    ({ session } = await pulling({ [HOST]: BAD }));
    await session.open(URI, 'import "host.ioasid"\n');
    const related = (report: DocumentDiagnosticReport) =>
      Object.entries(report.relatedDocuments ?? {}).map(([uri, each]) => [
        uri,
        each.kind === "full" && each.items.map(({ code }) => code),
      ]);
    assert.deepEqual(related(await pull(session, URI)), [[HOST, ["S016"]]]);
    await session.write(HOST, GOOD, FileChangeType.Changed);
    assert.deepEqual(related(await pull(session, URI)), [[HOST, []]]);
    assert.deepEqual(related(await pull(session, URI)), []);
  });

  it("of a workspace are those of all closed files and of the configuration", async () => {
    ({ session } = await pulling({ [HOST]: BAD, [CONFIG]: '{ "rules": { "X001": "off" } }' }));
    await session.open(URI, BAD);
    const first = await pullAll();
    assert.deepEqual(told(first), { "host.ioasid": ["S016"], "ioasid.config.json": ["S064"] });
    const second = await pullAll(idsOf(first));
    assert.deepEqual(told(second), {});
    assert.ok(second.items.every(({ kind }) => kind === "unchanged"));
  });

  it("of a workspace tell that a file is gone", async () => {
    ({ session } = await pulling({ [HOST]: BAD }));
    const first = await pullAll();
    await session.write(HOST, undefined, FileChangeType.Deleted);
    const second = await pullAll(idsOf(first));
    assert.deepEqual(told(second), { "host.ioasid": [] });
    const third = await pullAll(idsOf(second));
    assert.deepEqual(told(third), {});
  });

  it("of a workspace come piece by piece to a client that takes them so", async () => {
    const files = Object.fromEntries([1, 2, 3].map((each) => [`${WORK}/${each}.ioasid`, BAD]));
    ({ session } = await pulling(files));
    const pieces: WorkspaceDiagnosticReport[] = [];
    session.client.onProgress(new ProgressType<WorkspaceDiagnosticReport>(), "pieces", (piece) => {
      pieces.push(piece);
    });
    const answer = await session.request<WorkspaceDiagnosticReport>("workspace/diagnostic", {
      previousResultIds: [],
      partialResultToken: "pieces",
    });
    assert.deepEqual(answer, { items: [] });
    assert.ok(pieces.length >= 3);
    assert.deepEqual(Object.keys(Object.assign({}, ...pieces.map(told))).sort(), [
      "1.ioasid",
      "2.ioasid",
      "3.ioasid",
    ]);
  });

  it("of closed files are not told when the settings say so, and those that were are taken back", async () => {
    let workspace = true;
    ({ session } = await pulling({ [HOST]: BAD }, () => ({ diagnostics: { workspace } })));
    const first = await pullAll();
    assert.deepEqual(told(first), { "host.ioasid": ["S016"] });
    workspace = false;
    await session.client.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await session.settle();
    assert.deepEqual(told(await pullAll(idsOf(first))), { "host.ioasid": [] });
  });

  it("of a workspace wait until it has been searched", async () => {
    session = await InProcess.start({ capabilities: PULLS, disk: { [HOST]: BAD }, isLate: true });
    const asked = pullAll();
    await session.settle();
    await session.initialized();
    assert.deepEqual(told(await asked), { "host.ioasid": ["S016"] });
  });
});
