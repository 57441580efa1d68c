import assert from "node:assert/strict";
import type { DocumentHighlight, Location } from "vscode-languageserver-protocol/node";
import { positionAt, Session } from "./session.js";

const HOST = "file:///work/host.ioasid";
const ROOT = "file:///work/root.ioasid";
const OTHER = "file:///work/other.ioasid";

/** Places as `root 1:27`, with lines and characters from 0. */
function shown(locations: readonly Location[] | null): string[] {
  return (locations ?? []).map(({ uri, range: { start } }) => {
    const name = uri.slice(uri.lastIndexOf("/") + 1, uri.lastIndexOf("."));
    return `${name} ${start.line}:${start.character}`;
  });
}

const NIC = "iommu vtd { pasid-width 20 }\npdev nic at 3b:00.0 behind vtd { category 0 }\n";

describe("names over files, through the protocol", () => {
  let session: Session;
  before(async () => {
    session = await Session.start();
    await session.open(HOST, "iommu vtd { pasid-width 20 }\n");
    await session.open(OTHER, 'import "host.ioasid"\npdev ssd at 3c:00.0 behind vtd { category 0 }\n');
  });
  after(() => session.stop());

  async function asked(source: string, mark = 0): Promise<object> {
    const { text, at } = await session.open(ROOT, source);
    return { textDocument: { uri: ROOT }, position: positionAt(text, at(mark)) };
  }

  it("finds references in open files that import the same declaration", async () => {
    const at = await asked('import "host.ioasid"\npdev nic at 3b:00.0 behind vt$0d { category 0 }\n');
    const all = { ...at, context: { includeDeclaration: true } };
    const uses = { ...at, context: { includeDeclaration: false } };
    const inAll = ["host 0:6", "other 1:27", "root 1:27"];
    assert.deepEqual(shown(await session.request("textDocument/references", all)), inAll);
    assert.deepEqual(shown(await session.request("textDocument/references", uses)), inAll.slice(1));
  });

  it("goes from a device to its IOMMU as its type", async () => {
    const at = await asked('import "host.ioasid"\npdev ni$0c at 3b:00.0 behind vtd { category 0 }\n');
    assert.deepEqual(shown(await session.request("textDocument/typeDefinition", at)), ["host 0:6"]);
  });

  it("highlights what reads and what writes", async () => {
    const at = await asked('native app { ioasid g$0pa }\nscenario "s" { info gpa }\n');
    const found = await session.request<DocumentHighlight[]>("textDocument/documentHighlight", at);
    assert.deepEqual(
      found.map(({ range, kind }) => [range.start.line, kind]),
      [
        [0, 3],
        [1, 2],
      ],
    );
  });

  it("leads from a part of a program that means something only where it is imported", async () => {
    const part = "file:///work/part.ioasid";
    await session.open(part, "native app { bind nic }\n");
    await session.open(ROOT, `import "part.ioasid"\n${NIC}`);
    await session.findings(ROOT);
    const at = { textDocument: { uri: part }, position: { line: 0, character: 19 } };
    const definition = await session.request<Location>("textDocument/definition", at);
    assert.deepEqual(shown([definition]), ["root 2:5"]);
    assert.deepEqual(shown(await session.request("textDocument/typeDefinition", at)), ["root 1:6"]);
  });
});
