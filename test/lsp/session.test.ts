import assert from "node:assert/strict";
import { positionAt, Session } from "./session.js";

const URI = "file:///work/test.ioasid";

describe("a session with the language server", () => {
  let session: Session;
  before(async () => {
    session = await Session.start();
  });
  after(() => session.stop());

  it("finds what is wrong, and nothing more once that is mended", async () => {
    const { text, at } = await session.open(URI, "iommu vtd { $0pasid-width$1 20 }\n");
    const place = { start: positionAt(text, at(0)), end: positionAt(text, at(1)) };
    assert.deepEqual(await session.findings(URI), []);
    await session.change(URI, { range: place, text: "pasid-widht" });
    const [finding] = await session.findings(URI, ({ length }) => length > 0);
    assert.equal(finding?.source, "ioasid");
    assert.deepEqual(finding?.range.start, place.start);
    await session.change(URI, { text });
    assert.deepEqual(await session.findings(URI), []);
  });

  it("leads to declarations", async () => {
    const { text, at } = await session.open(
      "file:///work/nic.ioasid",
      "iommu vtd { pasid-width 20 }\npdev nic at 3b:00.0 behind v$0td { category 0 }\n",
    );
    const found = await session.request("textDocument/definition", {
      textDocument: { uri: "file:///work/nic.ioasid" },
      position: positionAt(text, at()),
    });
    assert.deepEqual(found, {
      uri: "file:///work/nic.ioasid",
      range: { start: { line: 0, character: 6 }, end: { line: 0, character: 9 } },
    });
  });
});

describe("a client that can do what an editor can", () => {
  it("is asked for nothing before it is ready", async () => {
    const workspace = {
      workspaceFolders: true,
      configuration: true,
      didChangeConfiguration: { dynamicRegistration: true },
      didChangeWatchedFiles: { dynamicRegistration: true },
    };
    const folders = [{ uri: "file:///nowhere", name: "nowhere" }];
    const session = await Session.start({ capabilities: { workspace }, folders });
    await session.open(URI, "iommu vtd { }\n");
    assert.deepEqual(await session.findings(URI), []);
    await session.stop();
  });
});
