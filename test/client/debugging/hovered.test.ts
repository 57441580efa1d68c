import assert from "node:assert/strict";
import { hoveredAt } from "../../../client/debugging/tools/hovered.js";

/** The query at the `$0` of a line, and the words that it stands for. */
function hovered(marked: string): string | undefined {
  const line = marked.replace("$0", "");
  const found = hoveredAt(line, marked.indexOf("$0"));
  return found && `${found.query} | ${line.slice(found.start, found.end)}`;
}

describe("what the debugger is asked where the mouse stands still", () => {
  it("is a whole name, with its owner, and with every part that hyphens join", () => {
    assert.equal(hovered("dma n$0ic pasid 7 read 0x1000"), "nic | nic");
    assert.equal(hovered("attach nic -> vm0.g$0pa"), "vm0.gpa | vm0.gpa");
    assert.equal(hovered("attach vir$0tio-net-0 -> vm-1.gpa-2"), "virtio-net-0 | virtio-net-0");
    assert.equal(hovered("attach virtio-net-0->vm-1.gpa-2$0"), "vm-1.gpa-2 | vm-1.gpa-2");
  });

  it("is who reaches it, of a part of a memory", () => {
    assert.equal(
      hovered("=> vm0.ram[0x1$0000 + 4K] wire 7"),
      "who reaches vm0.ram[0x1000 + 4K] | vm0.ram[0x1000 + 4K]",
    );
  });

  it("is nothing between names and in numbers", () => {
    assert.equal(hovered("dma nic pasid 1$02 read"), undefined);
    assert.equal(hovered("  $0  dma"), undefined);
  });
});
