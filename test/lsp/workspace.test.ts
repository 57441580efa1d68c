import assert from "node:assert/strict";
import { FileChangeType, MessageType, type ShowMessageParams } from "vscode-languageserver-protocol";
import { LARGE_UNITS } from "../../server/lsp/programs.js";
import { InProcess, WORK } from "./in-process.js";

const URI = `${WORK}/test.ioasid`;
const HOST = `${WORK}/host.ioasid`;

const GOOD = "iommu vtd { pasid-width 20 }\n";
const BAD = "iommu vtd { pasid-widht 20 }\n";
const IMPORTING = 'import "host.ioasid"\npdev nic at 3b:00.0 behind vtd { category 0 }\n';

describe("documents", () => {
  let session: InProcess;
  afterEach(() => session.stop());

  it("are checked before the client says that it is ready", async () => {
    session = await InProcess.start({ isLate: true });
    await session.open(URI, BAD);
    await session.settle();
    assert.deepEqual(session.codes(URI), ["S016"]);
    await session.initialized();
    assert.deepEqual(session.codes(URI), ["S016"]);
  });

  it("are checked for a client that calls its only folder a root", async () => {
    session = await InProcess.start({
      initialize: { workspaceFolders: null, rootUri: `${WORK}/` },
      disk: { [HOST]: BAD },
    });
    assert.deepEqual(session.codes(HOST), ["S016"]);
  });

  it("of the language are programs, whatever they are called, and others are not", async () => {
    session = await InProcess.start();
    await session.open(`${WORK}/notes.txt`, BAD, "ioasid");
    await session.open(`${WORK}/other.ioasid`, BAD, "plaintext");
    await session.open(`${WORK}/notes.md`, BAD, "markdown");
    await session.settle();
    assert.deepEqual(session.codes(`${WORK}/notes.txt`), ["S016"]);
    assert.deepEqual(session.codes(`${WORK}/other.ioasid`), ["S016"]);
    assert.equal(session.published(`${WORK}/notes.md`), undefined);
  });

  it("that are not saved yet have no files beside them", async () => {
    session = await InProcess.start();
    const uri = "untitled:Untitled-1";
    await session.open(uri, BAD);
    await session.settle();
    assert.deepEqual(session.codes(uri), ["S016"]);
    await session.change(uri, IMPORTING);
    await session.settle();
    assert.deepEqual(session.codes(uri), ["S044", "S040"]);
    assert.match(String(session.published(uri)?.diagnostics[0]?.message), /Save it in one/);
    assert.deepEqual(
      session.reads.filter((read) => read.startsWith("untitled")),
      [],
    );
    await session.close(uri);
    await session.settle();
    assert.deepEqual(session.codes(uri), []);
  });

  it("of an older state of a file are shown as they are, without a word", async () => {
    session = await InProcess.start();
    const uri = 'git:/work/test.ioasid?{"ref":"HEAD"}';
    await session.open(uri, BAD);
    await session.settle();
    assert.deepEqual(session.pushed, []);
  });

  it("that a client edits past their end, or with numbers that are none, stay texts", async () => {
    session = await InProcess.start();
    await session.open(URI, GOOD);
    const at = (line: number, character: number) => ({ line, character });
    await session.change(URI, { range: { start: at(900, 9), end: at(999, 9) }, text: "cpu { }\n" });
    await session.change(URI, { range: { start: at(1, 7), end: at(0, 0) }, text: "\n" });
    await session.change(URI, { range: { start: at(0, -5), end: at(0, 0.5) }, text: "" });
    const none = Number.NaN as number;
    await session.change(URI, { range: { start: at(none, none), end: at(0, 0) }, text: "// " });
    await session.settle();
    assert.deepEqual(session.published(URI)?.version, 5);
    const symbols = await session.request("textDocument/definition", {
      textDocument: { uri: URI },
      position: at(1e9, 1e9),
    });
    assert.equal(symbols, null);
  });

  it("that are large are checked and not run, and a word about it is said once", async () => {
    session = await InProcess.start();
    const messages: ShowMessageParams[] = [];
    session.client.onNotification("window/showMessage", (message: ShowMessageParams) => {
      messages.push(message);
    });
    const scenario = `pdev nic at 3b:00.0 { category 0 }\nscenario "a" { dma nic read 0x0 }\n`;
    const large = `${BAD}${scenario}${`// ${"x".repeat(1000)}\n`.repeat(LARGE_UNITS / 1000)}`;
    await session.open(URI, large);
    await session.settle();
    await session.change(URI, {
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      text: "\n",
    });
    await session.settle();
    assert.deepEqual(session.codes(URI), ["S016"]);
    assert.deepEqual(messages, [
      {
        type: MessageType.Info,
        message:
          "test.ioasid is larger than 8 MiB. It is checked for mistakes in the text, but not simulated.",
      },
    ]);
  });
});

describe("files of the workspace", () => {
  let session: InProcess;
  afterEach(() => session.stop());

  it("are found when it opens, and not in folders of other people's code", async () => {
    const module = `${WORK}/node_modules/a/b.ioasid`;
    session = await InProcess.start({ disk: { [HOST]: BAD } });
    assert.deepEqual(session.codes(HOST), ["S016"]);
    await session.write(module, BAD, FileChangeType.Created);
    await session.settle();
    assert.equal(session.published(module), undefined);
  });

  it("are read again after a save for a client that does not watch them", async () => {
    session = await InProcess.start({ disk: { [HOST]: GOOD } });
    await session.open(URI, IMPORTING);
    await session.settle();
    assert.deepEqual(session.codes(URI), []);
    await session.write(HOST, GOOD.replace("vtd", "smmu"));
    await session.client.sendNotification("textDocument/didSave", { textDocument: { uri: URI } });
    await session.settle();
    assert.deepEqual(session.codes(URI), ["S040"]);
    await session.write(HOST, undefined);
    await session.client.sendNotification("textDocument/didSave", { textDocument: { uri: URI } });
    await session.settle();
    assert.deepEqual(session.codes(URI), ["S044", "S040"]);
  });

  it("are watched where the client offers that, folders included", async () => {
    const registered: { method: string; registerOptions: unknown }[] = [];
    session = await InProcess.start({
      capabilities: {
        workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
        textDocument: { synchronization: { dynamicRegistration: true } },
      },
      isLate: true,
    });
    session.client.onRequest("client/registerCapability", ({ registrations }) => {
      registered.push(...registrations);
      return null;
    });
    await session.initialized();
    const globs = registered
      .filter(({ method }) => method === "workspace/didChangeWatchedFiles")
      .flatMap(
        ({ registerOptions }) => (registerOptions as { watchers: { globPattern: string }[] }).watchers,
      );
    assert.deepEqual(
      globs.map(({ globPattern }) => globPattern),
      ["**/*.ioasid", "**/ioasid.config.json", "**/*"],
    );
    assert.deepEqual(
      registered.filter(({ method }) => method.startsWith("textDocument/")).map(({ method }) => method),
      ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose"],
    );
  });

  it("that lie outside are not imported", async () => {
    session = await InProcess.start({ disk: { "file:///secret.ioasid": GOOD } });
    for (const path of ["../secret.ioasid", "/secret.ioasid", "a/../../secret.ioasid"]) {
      await session.open(URI, `import "${path}"\n`);
      await session.settle();
      assert.deepEqual(session.codes(URI), ["S044"], path);
      await session.close(URI);
      await session.settle();
    }
    assert.ok(!session.reads.some((read) => read.includes("secret")));
  });

  it("have the configuration of their folder, and not one above it", async () => {
    session = await InProcess.start({
      initialize: { workspaceFolders: [{ uri: `${WORK}/inner/`, name: "inner" }] },
      disk: { [`${WORK}/ioasid.config.json`]: "{" },
    });
    await session.open(`${WORK}/inner/a/test.ioasid`, GOOD);
    await session.settle();
    assert.deepEqual(
      session.reads.filter((read) => read.endsWith(".json")),
      [`${WORK}/inner/a/ioasid.config.json`, `${WORK}/inner/ioasid.config.json`],
    );
  });
});

describe("folders of a workspace", () => {
  let session: InProcess;
  afterEach(() => session.stop());

  const other = "file:///other";
  const change = async (added: string[], removed: string[]) => {
    const folder = (uri: string) => ({ uri, name: uri.slice(uri.lastIndexOf("/") + 1) });
    await session.client.sendNotification("workspace/didChangeWorkspaceFolders", {
      event: { added: added.map(folder), removed: removed.map(folder) },
    });
    await session.settle();
  };

  it("may be added and taken away", async () => {
    const there = `${other}/a.ioasid`;
    session = await InProcess.start({
      capabilities: { workspace: { workspaceFolders: true } },
      disk: { [there]: BAD, [HOST]: BAD },
    });
    assert.deepEqual([session.codes(there), session.codes(HOST)], [[], ["S016"]]);
    await change([other], []);
    assert.deepEqual([session.codes(there), session.codes(HOST)], [["S016"], ["S016"]]);
    await change([], [WORK]);
    assert.deepEqual([session.codes(there), session.codes(HOST)], [["S016"], []]);
  });

  it("leave documents that are open known when they go", async () => {
    session = await InProcess.start({ capabilities: { workspace: { workspaceFolders: true } } });
    await session.open(URI, BAD);
    await change([], [WORK]);
    await session.change(URI, GOOD);
    await session.settle();
    assert.deepEqual(session.codes(URI), []);
    await session.change(URI, BAD);
    await session.settle();
    assert.deepEqual(session.codes(URI), ["S016"]);
  });

  it("change while a run goes on, whose findings are then told under the right addresses", async () => {
    session = await InProcess.start({ capabilities: { workspace: { workspaceFolders: true } } });
    await session.open(URI, `${GOOD}pdev nic at 3b:00.0 { category 0 }\nscenario "a" { dma nic read 0x0 }\n`);
    await session.settle();
    assert.deepEqual(session.codes(URI), ["U090"]);
    await change([other], []);
    const known = new Set(session.pushed.map(({ uri }) => uri));
    assert.deepEqual([...known], [URI]);
    assert.deepEqual(session.codes(URI), ["U090"]);
  });
});

describe("settings", () => {
  it("are those of the last answer, in whatever order the answers come", async () => {
    const answers: ((value: unknown) => void)[] = [];
    const session = await InProcess.start({
      capabilities: { workspace: { configuration: true } },
      disk: { [HOST]: BAD },
      isLate: true,
    });
    session.client.onRequest(
      "workspace/configuration",
      () => new Promise((resolve) => answers.push((value) => resolve([value]))),
    );
    await session.initialized();
    await session.client.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await session.settle();
    answers[1]?.({ diagnostics: { workspace: false } });
    await session.settle();
    answers[0]?.({ diagnostics: { workspace: true } });
    await session.settle();
    assert.deepEqual(session.codes(HOST), []);
    await session.stop();
  });
});
