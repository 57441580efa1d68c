import assert from "node:assert/strict";
import { FileChangeType } from "vscode-languageserver-protocol";
import { closeGate, InProcess, WORK } from "./in-process.js";

const URI = `${WORK}/test.ioasid`;
const HOST = `${WORK}/host.ioasid`;
const CONFIG = `${WORK}/ioasid.config.json`;

const GOOD = "iommu vtd { pasid-width 20 }\n";
const BAD = "iommu vtd { pasid-widht 20 }\n";

/** A program whose scenario has many steps, so that its run takes many slices. */
const LONG = withSteps(300);

/** A program with a step that does not come to what is stated, behind many that do. */
function withSteps(count: number): string {
  return `${GOOD}pdev nic at 3b:00.0 { category 3  pasid-width 8 }
guest vm0 { bind nic  ioasid gpa  attach nic -> gpa }
scenario "long" {
${"  dma nic read 0x1000 => fault\n".repeat(count)}  dma nic read 0x1000
}
`;
}

const NEVER = new Promise<void>(() => undefined);

describe("findings that are pushed", () => {
  let session: InProcess;
  afterEach(() => session.stop());

  it("are of the version that the client has, once for a burst of edits", async () => {
    session = await InProcess.start();
    await session.open(URI, GOOD);
    await session.settle();
    session.pushed.length = 0;
    for (let edit = 0; edit < 20; edit++) await session.change(URI, edit % 2 === 0 ? BAD : GOOD);
    await session.change(URI, BAD);
    await session.settle();
    assert.deepEqual(
      session.pushed.map(({ uri, version, diagnostics }) => [uri, version, diagnostics.length]),
      [[URI, 22, 1]],
    );
  });

  it("come before a long run has ended, with what the last run said of the rest of the text", async () => {
    session = await InProcess.start();
    await session.open(URI, LONG);
    await session.settle();
    assert.deepEqual(session.codes(URI), ["U090"]);
    const gate = closeGate(session);
    await session.change(URI, `\n${LONG.replace("pasid-width 20", "pasid-widht 20")}`);
    await session.advance(30);
    assert.equal(session.published(URI)?.version, 1, "the run is waited for a moment");
    await session.advance(20);
    assert.deepEqual(session.codes(URI), ["S016", "U090"]);
    const moved = session.published(URI);
    assert.equal(moved?.version, 2);
    assert.equal(moved?.diagnostics[1]?.range.start.line, LONG.split("\n").length - 2);
    gate.open();
    await session.settle();
    assert.deepEqual(
      session.published(URI)?.diagnostics.map(({ code }) => code),
      ["S016", "U090"],
    );
  });

  it("of a run that ends in one slice come with those of the text, which wait for nothing", async () => {
    session = await InProcess.start();
    session.betweenSlices = () => NEVER;
    await session.open(URI, withSteps(3).replace("pasid-width 20", "pasid-widht 20"));
    await session.advance(30);
    assert.deepEqual(
      session.pushed.map(({ diagnostics }) => diagnostics.map(({ code }) => code)),
      [["S016", "U090"]],
    );
  });

  it("of the text come before a run of thousands of steps begins", async () => {
    session = await InProcess.start();
    session.betweenSlices = () => NEVER;
    await session.open(URI, withSteps(3000).replace("pasid-width 20", "pasid-widht 20"));
    await session.advance(30);
    assert.deepEqual(session.codes(URI), ["S016"]);
  });

  it("do not come of a run that an edit has made old", async () => {
    session = await InProcess.start();
    await session.open(URI, LONG);
    await session.settle();
    const gate = closeGate(session);
    await session.change(URI, `${LONG}\n`);
    await session.advance(50);
    session.pushed.length = 0;
    await session.change(URI, GOOD);
    await session.advance(0);
    gate.open();
    await session.settle();
    assert.deepEqual(
      session.pushed.map(({ version, diagnostics }) => [version, diagnostics]),
      [[3, []]],
    );
  });

  it("follow unsaved changes of an imported file", async () => {
    session = await InProcess.start({ disk: { [HOST]: GOOD } });
    await session.open(URI, 'import "host.ioasid"\npdev nic at 3b:00.0 behind vtd { category 0 }\n');
    await session.settle();
    assert.deepEqual(session.codes(URI), []);
    await session.open(HOST, GOOD);
    await session.change(HOST, GOOD.replace("vtd", "smmu"));
    await session.settle();
    assert.deepEqual(session.codes(URI), ["S040"]);
    await session.close(HOST);
    await session.settle();
    assert.deepEqual(session.codes(URI), [], "the disk counts again");
  });

  it("are those of every program that has a file, at the places of its present text", async () => {
    session = await InProcess.start();
    await session.open(URI, 'cpu { enqcmd }\nimport "host.ioasid"\n');
    await session.open(HOST, `${GOOD}cpu { enqcmd }\n`);
    await session.settle();
    assert.deepEqual(session.codes(HOST), ["S047"], "the second block of the program");
    session.pushed.length = 0;
    await session.change(HOST, `\n\n${GOOD}cpu { enqcmd }\n`);
    await session.settle();
    const told = session.pushed.filter(({ uri }) => uri === HOST);
    assert.deepEqual(
      told.map(({ version, diagnostics }) => [version, diagnostics.map(({ range }) => range.start.line)]),
      [[2, [3]]],
    );
  });

  it("follow files that appear, change and vanish on the disk", async () => {
    session = await InProcess.start();
    await session.open(URI, 'import "host.ioasid"\npdev nic at 3b:00.0 behind vtd { category 0 }\n');
    await session.settle();
    assert.deepEqual(session.codes(URI), ["S044", "S040"]);
    await session.write(HOST, GOOD, FileChangeType.Created);
    await session.settle();
    assert.deepEqual(session.codes(URI), []);
    await session.write(HOST, BAD, FileChangeType.Changed);
    await session.settle();
    assert.deepEqual(session.codes(HOST), ["S016"]);
    await session.write(HOST, undefined, FileChangeType.Deleted);
    await session.settle();
    assert.deepEqual(session.codes(HOST), []);
    assert.deepEqual(session.codes(URI), ["S044", "S040"]);
  });

  it("follow folders that vanish", async () => {
    const inner = `${WORK}/platforms/host.ioasid`;
    session = await InProcess.start({ disk: { [inner]: BAD } });
    await session.open(URI, 'import "platforms/host.ioasid"\n');
    await session.settle();
    assert.deepEqual([session.codes(URI), session.codes(inner)], [[], ["S016"]]);
    session.disk.clear();
    await session.write(`${WORK}/platforms`, undefined, FileChangeType.Deleted);
    await session.settle();
    assert.deepEqual([session.codes(URI), session.codes(inner)], [["S044"], []]);
  });

  it("follow files and folders that the editor renames", async () => {
    const [old, renamed] = [`${WORK}/old/host.ioasid`, `${WORK}/new/host.ioasid`];
    session = await InProcess.start({ disk: { [old]: BAD } });
    await session.open(URI, 'import "new/host.ioasid"\n');
    await session.settle();
    session.disk.delete(old);
    session.disk.set(renamed, BAD);
    await session.client.sendNotification("workspace/didRenameFiles", {
      files: [{ oldUri: `${WORK}/old`, newUri: `${WORK}/new` }],
    });
    await session.settle();
    assert.deepEqual([session.codes(old), session.codes(renamed), session.codes(URI)], [[], ["S016"], []]);
  });

  it("stand in the configuration file, whether it is open or on the disk", async () => {
    session = await InProcess.start({ disk: { [CONFIG]: '{ "rules": { "P010": "of" } }' } });
    await session.open(URI, GOOD);
    await session.settle();
    assert.deepEqual(session.codes(CONFIG), ["S068"]);
    await session.open(CONFIG, '{ "rules": { "P010": "off" } }', "json");
    await session.settle();
    assert.deepEqual([session.published(CONFIG)?.version, session.codes(CONFIG)], [1, []]);
    await session.change(CONFIG, '{ "rules": { "X001": "off" } }');
    await session.settle();
    assert.deepEqual([session.published(CONFIG)?.version, session.codes(CONFIG)], [2, ["S064"]]);
    await session.close(CONFIG);
    await session.write(CONFIG, undefined, FileChangeType.Deleted);
    await session.settle();
    assert.deepEqual(session.codes(CONFIG), []);
  });

  it("are told again when a document is opened again", async () => {
    session = await InProcess.start({ disk: { [URI]: BAD } });
    await session.settle();
    await session.open(URI, BAD);
    await session.settle();
    await session.close(URI);
    await session.open(URI, BAD);
    session.pushed.length = 0;
    await session.settle();
    assert.deepEqual(session.codes(URI), ["S016"]);
  });

  it("are not told of closed files when the settings say so", async () => {
    let workspace = true;
    session = await InProcess.start({
      capabilities: { workspace: { configuration: true } },
      disk: { [HOST]: BAD },
      settings: () => ({ diagnostics: { workspace } }),
    });
    assert.deepEqual(session.codes(HOST), ["S016"]);
    workspace = false;
    await session.client.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await session.settle();
    assert.deepEqual(session.codes(HOST), []);
    await session.open(HOST, BAD);
    await session.settle();
    assert.deepEqual(session.codes(HOST), ["S016"]);
  });
});
