import assert from "node:assert/strict";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { useAdapter } from "./adapter-process.js";

const LINES = [
  "iommu vtd { pasid-width 20  nesting hardware }",
  "pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }",
  "guest vm0 {",
  "  memory ram at 0x4000_0000 + 1G",
  "  process db { pasid 7 }",
  "  bind nic",
  "  ioasid gpa { map 0x0 + 1G -> ram }",
  "  attach nic -> gpa",
  "  ioasid gva on gpa page-table { pte 0x10_0000 + 4K -> 0x1000 }",
  "  attach nic pasid 7 -> gva",
  "}",
  'scenario "first" {',
  "  dma nic pasid 7 write 0x10_0000 + 4 => ram[0x1000]",
  "  dma nic pasid 7 write 0x10_0000 => ram[0x1000]",
  "}",
  'scenario "second" {',
  "  dma nic read 0x2000",
  "}",
];

const thread = { threadId: 1 };

describe("what a person changes in the debugger", () => {
  const adapter = useAdapter(LINES);

  async function bytes(memoryReference: string, offset: number, count: number): Promise<string> {
    const { data, unreadableBytes } = await adapter.ask<{ data?: string; unreadableBytes?: number }>(
      "readMemory",
      { memoryReference, offset, count },
    );
    return `${Buffer.from(data ?? "", "base64").toString("hex")}${unreadableBytes ? ` ${unreadableBytes}` : ""}`;
  }

  it("is memory, which every space shows that maps it", async () => {
    await adapter.launch();
    const ram = (await adapter.scope("Memory")).find(({ name }) => name === "vm0.ram");
    const space = (await adapter.client.evaluateRequest({ expression: "vm0.gva" })).body;
    assert.equal(ram?.memoryReference, "0x100000000");
    assert.equal(space.memoryReference, "vm0.gva:0x0");
    assert.equal(await bytes("0x100000000", 0x1000, 6), "000000000000");
    await adapter.where(() => adapter.client.nextRequest(thread));
    assert.equal(await bytes("0x100000000", 0x1000, 6), "010101010000", "the first statement wrote it");
    const changed = adapter.client.waitForEvent("memory");
    const data = Buffer.from("abcd", "hex").toString("base64");
    const written = await adapter.ask<object>("writeMemory", {
      memoryReference: "vm0.gva:0x0",
      offset: 0x10_0001,
      data,
    });
    assert.deepEqual(written, { bytesWritten: 2 });
    assert.deepEqual((await changed).body, { memoryReference: "vm0.gva:0x0", offset: 0x10_0001, count: 2 });
    assert.equal(await bytes("vm0.gpa:0x0", 0x1000, 6), "01abcd010000");
    assert.equal(await bytes("vm0.gva:0x100000", 0xffe, 6), "0000 4");
    assert.equal(await bytes("vm0.gva:0x101000", 0, 6), " 6");
    await adapter.where(() => adapter.client.stepBackRequest(thread));
    assert.equal(await bytes("0x100000000", 0x1000, 6), "000000000000");
  });

  it("is no memory that is not there, and no bytes that are none", async () => {
    await adapter.launch();
    const write = (asked: object) => adapter.ask("writeMemory", { data: "AAAA", ...asked });
    await assert.rejects(write({ memoryReference: "vm0.gva:0x0" }), /There is no memory behind 0x0/);
    await assert.rejects(write({ memoryReference: "0x100000000", data: "%" }), /not in base64/);
    await assert.rejects(bytes("ram", 0, 1), /"ram" is no place in memory/);
    const partial = { memoryReference: "vm0.gva:0x100ffe", allowPartial: true };
    assert.deepEqual(await write(partial), { bytesWritten: 2 });
  });

  it("is an entry of the guest's page table", async () => {
    await adapter.launch();
    const [space] = await adapter.scope("Address space");
    assert.equal(space?.name, "vm0.gva");
    const mappings = (await adapter.inside(space?.variablesReference ?? 0)).find(
      ({ name }) => name === "mappings",
    );
    const { variablesReference = 0 } = mappings ?? {};
    const [entry] = await adapter.inside(variablesReference);
    assert.deepEqual([entry?.name, entry?.value], ["0x100000 + 4K", "0x1000 rw"]);
    const set = (value: string) =>
      adapter.client.setVariableRequest({ variablesReference, name: entry?.name ?? "", value });
    await assert.rejects(set("ram"), /an address of the parent/);
    await assert.rejects(set("0x2001"), /aligned|page/);
    await adapter.where(() => set("0x2000 rw"));
    const [step] = await adapter.scope("Step");
    assert.equal(step?.value, "dma nic pasid 7 write 0x10_0000 + 4");
    const outcome = (await adapter.client.evaluateRequest({ expression: "outcome" })).body.result;
    assert.equal(outcome, "ram[0x2000] wire 7");
  });

  it("is what an expression names: a register, a page", async () => {
    await adapter.launch();
    const set = (expression: string, value: string) => adapter.ask("setExpression", { expression, value });
    await assert.rejects(set("nic", "1"), /What can be set/);
    await adapter.where(() => set("page vm0.gva 0x10_0000", "none"));
    const outcome = (await adapter.client.evaluateRequest({ expression: "outcome" })).body.result;
    assert.equal(outcome, "fault not-mapped wire 7");
    await adapter.where(() => set("vm0.db", "none"));
    assert.equal((await adapter.client.evaluateRequest({ expression: "vm0.db" })).body.result, "not valid");
  });

  it("belongs to its own scenario: the values of another that stands still stay as they were told", async () => {
    await adapter.client.initializeRequest();
    const both = new Promise<void>((resolve) => {
      const seen = new Set<number>();
      adapter.client.on("stopped", ({ body }: DebugProtocol.StoppedEvent) => {
        seen.add(body.threadId ?? 0);
        if (seen.size === 2) resolve();
      });
    });
    await adapter.begin({ program: adapter.program });
    await both;
    const second = await adapter.scopeReference("Step", 2);
    await adapter.where(() => adapter.client.nextRequest(thread));
    const [statement] = await adapter.inside(second);
    assert.equal(statement?.value, "dma nic read 0x2000");
    const { id } = await adapter.frame(2);
    const asked = { expression: "outcome", frameId: id };
    assert.equal((await adapter.client.evaluateRequest(asked)).body.result, "ram[0x2000]");
  });
});
