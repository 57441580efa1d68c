import assert from "node:assert/strict";
import type { CodeLens } from "vscode-languageserver-protocol";
import type { StartOptions } from "../../server/protocol/index.js";
import { Session } from "./session.js";

const URI = "file:///work/test.ioasid";

const TEXT = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
guest vm0 {
  bind nic
  ioasid gpa
  attach nic -> gpa
}
scenario "good" { dma nic read 0x0 => fault }
scenario "bad" {
  info nic
  dma nic read 0x0
}
`;

/** The lenses of a document by their lines, with their words. */
async function lenses(session: Session, uri = URI): Promise<CodeLens[]> {
  const found = await session.request<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
  return Promise.all(
    found.map((lens) => (lens.command ? lens : session.request<CodeLens>("codeLens/resolve", lens))),
  );
}

async function titles(options: StartOptions): Promise<string[]> {
  const session = await Session.start({ options });
  await session.open(URI, TEXT);
  const found = await lenses(session);
  await session.stop();
  return found.map(({ range, command }) => `${range.start.line}: ${command?.title}`);
}

describe("code lenses", () => {
  it("run scenarios, debug them, and tell how they ended", async () => {
    assert.deepEqual(await titles({ commands: true, debug: true }), [
      "4: 1 device attached",
      "7: Run",
      "7: Debug",
      "7: passed",
      "8: Run",
      "8: Debug",
      "8: failed in line 11",
    ]);
  });

  it("offer a debugger only to a client that has one, and commands to one that knows them", async () => {
    const debug = (await titles({ commands: true })).filter((each) => each.endsWith("Debug"));
    assert.deepEqual(debug, []);
    assert.deepEqual(await titles({}), ["4: 1 device attached", "7: passed", "8: failed in line 11"]);
  });

  it("name the scenario to run, and the places to show", async () => {
    const session = await Session.start({ options: { commands: true } });
    await session.open(URI, TEXT);
    const commands = (await lenses(session)).map(({ command }) => command);
    await session.stop();
    const run = commands.find((each) => each?.title === "Run");
    assert.equal(run?.command, "ioasid.runScenario");
    assert.deepEqual(run?.arguments, [URI, "good"]);
    const attached = commands.find((each) => each?.title === "1 device attached");
    assert.equal(attached?.command, "ioasid.showPlaces");
    assert.deepEqual(attached?.arguments, [
      {
        from: { uri: URI, position: { line: 4, character: 9 } },
        places: [{ uri: URI, range: { start: { line: 5, character: 2 }, end: { line: 5, character: 19 } } }],
      },
    ]);
  });

  it("are asked for anew when an imported file changes what a run gives", async () => {
    const session = await Session.start({
      capabilities: { workspace: { codeLens: { refreshSupport: true } } },
    });
    const refreshed = new Promise<void>((resolve) => {
      session.connection.onRequest("workspace/codeLens/refresh", () => resolve());
    });
    const host = "file:///work/host.ioasid";
    await session.open(host, "iommu vtd { pasid-width 20 }\npdev nic at 3b:00.0 { category 0 }\n");
    await session.open(URI, `import "host.ioasid"\nscenario "a" { assert reports nic none }\n`);
    assert.deepEqual(
      (await lenses(session)).map(({ command }) => command?.title),
      ["passed"],
    );
    await session.change(host, {
      text: "iommu vtd { pasid-width 20 }\npdev nic at 3b:00.0 { category 3  pasid-width 8 }\n",
    });
    await refreshed;
    assert.deepEqual(
      (await lenses(session)).map(({ command }) => command?.title),
      ["failed in line 2"],
    );
    await session.stop();
  });

  it("say nothing of an older text", async () => {
    const session = await Session.start();
    await session.open(URI, TEXT);
    const [lens] = await session.request<CodeLens[]>("textDocument/codeLens", { textDocument: { uri: URI } });
    await session.change(URI, { text: `\n${TEXT}` });
    const resolved = await session.request<CodeLens>("codeLens/resolve", lens);
    assert.equal(resolved.command?.title, "");
    await session.stop();
  });
});
