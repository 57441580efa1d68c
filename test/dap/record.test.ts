import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { useAdapter } from "./adapter-process.js";

const LINES = [
  "iommu vtd { pasid-width 20 }",
  "pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }",
  "guest vm0 {",
  "  memory ram at 0x4000_0000 + 1G",
  "  bind nic",
  "  ioasid gpa { map 0x0 + 1G -> ram }",
  "  attach nic -> gpa",
  "}",
  'scenario "first" {',
  "  dma nic read 0x1000",
  "  dma nic pasid 7 read 0x1000",
  "}",
];

const thread = { threadId: 1 };

describe("what happened in a session of the debug adapter", () => {
  const adapter = useAdapter(LINES);

  it("is given as a scenario for the same file", async () => {
    await adapter.launch();
    await assert.rejects(adapter.ask("ioasid/saveScenario", thread), /nothing to save/);
    await adapter.where(() => adapter.client.nextRequest(thread));
    const saved = await adapter.ask("ioasid/saveScenario", { ...thread, title: "mine" });
    assert.deepEqual(saved, {
      title: "mine",
      text: 'scenario "mine" {\n  dma nic read 0x1000 => ram[0x1000]\n}\n',
      uri: pathToFileURL(adapter.program).href,
    });
  });

  it("is given as a trace, for people and for programs", async () => {
    await adapter.launch();
    await adapter.where(() => adapter.client.nextRequest(thread));
    const { text } = await adapter.ask<{ text: string }>("ioasid/trace", { ...thread, format: "text" });
    assert.match(text, /^test\.ioasid: scenario "first"\nline 10: dma nic read 0x1000 => ram\[0x1000\]\n/);
    const asked = { ...thread, format: "json" };
    const json: unknown = JSON.parse((await adapter.ask<{ text: string }>("ioasid/trace", asked)).text);
    assert.equal((json as { steps: { hpa: string }[] }).steps[0]?.hpa, "0x100001000");
    const gone = { threadId: 9 };
    await assert.rejects(adapter.ask("ioasid/trace", gone), /come to its end/);
    await assert.rejects(adapter.ask("ioasid/saveScenario", gone), /come to its end/);
  });
});
