import assert from "node:assert/strict";
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
} from "vscode-languageserver-protocol/node";
import { type Folder, makeFolder } from "./folder.js";
import { Session } from "./session.js";

const HOST = "iommu vtd { pasid-width 20 }\npdev nic at 3b:00.0 behind vtd { category 0 }\n";
const ROOT = 'import "host.ioasid"\nnative app {\n  ioasid gpa\n  bind nic\n  attach nic -> gpa\n}\n';

describe("the call hierarchy", () => {
  let folder: Folder;
  let session: Session;
  before(async () => {
    folder = makeFolder({ "host.ioasid": HOST, "a.ioasid": ROOT });
    session = await Session.start({ folders: [folder] });
  });
  after(async () => {
    await session.stop();
    folder.remove();
  });

  const name = ({ uri }: CallHierarchyItem): string => uri.slice(folder.uri.length + 1);

  async function prepare(line: number, character: number): Promise<CallHierarchyItem> {
    const asked = { textDocument: { uri: folder.uriOf("a.ioasid") }, position: { line, character } };
    const [item] = await session.request<CallHierarchyItem[]>("textDocument/prepareCallHierarchy", asked);
    assert.ok(item);
    return item;
  }

  it("has the devices of an IOASID as its callers, and their own callers behind them", async () => {
    const item = await prepare(2, 10);
    assert.deepEqual(
      [item.name, item.detail, item.range.end],
      ["app.gpa", "an IOASID", { line: 2, character: 12 }],
    );
    const calls = await session.request<CallHierarchyIncomingCall[]>("callHierarchy/incomingCalls", { item });
    assert.deepEqual(
      calls.map(({ from, fromRanges }) => [from.name, name(from), fromRanges]),
      [["nic", "a.ioasid", [{ start: { line: 4, character: 9 }, end: { line: 4, character: 19 } }]]],
    );
    const further = await session.request<CallHierarchyIncomingCall[]>("callHierarchy/incomingCalls", {
      item: calls[0]?.from,
    });
    assert.deepEqual(
      further.map(({ from }) => from.name),
      ["app"],
    );
  });

  it("leads from a device to its IOASIDs and its IOMMU, into other files", async () => {
    const item = await prepare(3, 8);
    const calls = await session.request<CallHierarchyOutgoingCall[]>("callHierarchy/outgoingCalls", { item });
    assert.deepEqual(
      calls.map(({ to, fromRanges }) => [to.name, name(to), fromRanges[0]?.start.line]),
      [
        ["app.gpa", "a.ioasid", 4],
        ["vtd", "host.ioasid", 3],
      ],
    );
  });

  it("goes on from a file that is known only because another one imports it", async () => {
    const alone = await Session.start();
    const uri = folder.uriOf("a.ioasid");
    await alone.open(uri, ROOT);
    const asked = { textDocument: { uri }, position: { line: 3, character: 8 } };
    const [item] = await alone.request<CallHierarchyItem[]>("textDocument/prepareCallHierarchy", asked);
    const calls = await alone.request<CallHierarchyOutgoingCall[]>("callHierarchy/outgoingCalls", { item });
    const iommu = calls.find(({ to }) => to.name === "vtd")?.to;
    const behind = await alone.request<CallHierarchyIncomingCall[]>("callHierarchy/incomingCalls", {
      item: iommu,
    });
    assert.deepEqual(
      behind.map(({ from }) => [from.name, name(from)]),
      [["nic", "host.ioasid"]],
    );
    await alone.stop();
  });

  it("has nothing to say of something that is no item", async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    for (const uri of [folder.uriOf("a.ioasid"), "file:///none.ioasid"]) {
      const item = { name: "x", kind: 1, uri, range, selectionRange: range };
      const found = await session.request<unknown[] | null>("callHierarchy/incomingCalls", { item });
      assert.equal(found?.length ?? 0, 0);
    }
  });
});
