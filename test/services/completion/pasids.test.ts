import assert from "node:assert/strict";
import { GUEST, HARDWARE, itemAt, labels, offered, SCENARIO } from "./offering.js";

/** Labels with what is said of them. */
function told(source: string): (readonly [string, string | undefined])[] {
  return offered(source).items.map(({ label, detail }) => [label, detail] as const);
}

describe("completion of vPASIDs", () => {
  it("offers to attach the vPASID of a process of the guest first, then the lowest free ones", () => {
    const found = told(`${GUEST}  attach wq0 pasid $0\n`);
    assert.deepEqual(found[0], ["7", "vPASID of process db: pPASID 2, global"]);
    assert.deepEqual(found[1], ["1", "free: pPASID 2, global"]);
  });

  it("tells the pPASID that each number would get, by the category of the device", () => {
    assert.equal(itemAt(`${GUEST}  attach nic pasid $0\n`, "3").detail, "free: pPASID 3");
    assert.equal(itemAt(`${GUEST}  attach wq0 pasid $0\n`, "3").detail, "free: pPASID 2, global");
  });

  it("leaves out what is attached at that point, what is reserved, and what is too wide", () => {
    const attached = `${GUEST}  attach nic pasid 1 -> gva\n  attach nic pasid 7 -> gva\n`;
    const found = labels(`${attached}  attach nic pasid $0\n`);
    assert.deepEqual(found.slice(0, 3), ["2", "3", "4"], "0 is the slot of requests without one");
    assert.ok(labels(attached.replace("pasid 1", "pasid $0")).includes("1"), "it is free before that line");
    const narrow = `iommu vtd { pasid-width 1 }\npdev nic at 3b:00.0 { category 3  pasid-width 1 }\nguest g { ioasid s bind nic attach nic pasid $0`;
    assert.deepEqual(labels(narrow), ["1"]);
  });

  it("takes the number on another device of the guest for the same space as the best one", () => {
    const source = `${GUEST}  attach nic pasid 9 -> gva\n  attach wq0 pasid $0 -> gva\n`;
    assert.deepEqual(told(source)[0], ["9", "as nic for gva: pPASID 2, global"]);
  });

  it("judges the number that is being typed", () => {
    assert.ok(labels(`${GUEST}  attach nic pasid 4095$0\n`).includes("4095"));
    assert.ok(!labels(`${GUEST}  attach nic pasid 65536$0\n`).includes("0x10000"), "beyond 16 bits");
    assert.equal(offered(`${GUEST}  attach nic pasid $0\n`).isIncomplete, true);
  });

  it("offers no number and no `pasid` first to a device that takes none", () => {
    assert.deepEqual(labels(`${GUEST}  bind disk\n  attach disk pasid $0\n`), []);
    assert.equal(labels(`${GUEST}  bind disk\n  attach disk $0\n`)[0], "->");
    assert.equal(itemAt(`${GUEST}  attach disk $0\n`, "pasid").detail, "the device takes no vPASID");
  });

  it("offers to fix a physical one that is free: on category 3 the vPASID itself", () => {
    assert.deepEqual(labels(`${GUEST}  attach nic pasid 5 as $0\n`), ["5"]);
    const found = labels(`${GUEST}  attach wq0 pasid 5 as $0\n`);
    assert.equal(found[0], "5");
    assert.ok(!found.includes("1"), "the defPASID of wq0");
  });

  it("offers to detach what is attached, with the space", () => {
    const source = `${GUEST}  attach wq0 pasid 7 -> gva\n  detach wq0 pasid $0`;
    assert.deepEqual(told(source), [["7", "attached to gva, pPASID 2"]]);
  });

  it("offers to KVM what is attached on category 5 and not mapped yet", () => {
    const attached = `${GUEST}  attach wq0 pasid 7 -> gva\n  attach nic pasid 9 -> gva\n`;
    assert.deepEqual(told(`${attached}  kvm map pasid $0\n`), [
      ["7", "wq0 to gva, pPASID 2, not mapped yet"],
    ]);
    const mapped = `${attached}  kvm map pasid 7 -> gva\n`;
    assert.deepEqual(told(`${mapped}  kvm map pasid $0\n`), [["7", "mapped already, to pPASID 2"]]);
    assert.deepEqual(told(`${mapped}  kvm unmap pasid $0\n`), [["7", "mapped to pPASID 2 for gva"]]);
  });

  it("offers to a DMA what the device is attached with", () => {
    assert.deepEqual(told(`${SCENARIO}  dma wq0 pasid $0`), [["7", "attached to gva, pPASID 2"]]);
  });

  it("offers to ENQCMDS and IA32_PASID what leads somewhere", () => {
    assert.equal(labels(`${SCENARIO}  enqcmds vm0 pasid $0`)[0], "7");
    assert.deepEqual(told(`${SCENARIO}  set-pasid db $0`), [
      ["7", "attached: wq0 to gva"],
      ["none", undefined],
    ]);
  });

  it("offers to a process what the guest attaches, and tells which another process has", () => {
    const source = `${GUEST.replace("process db { pasid 7 }", "process db { pasid 7 }\n  process web { pasid $0 }")}  attach wq0 pasid 7 -> gva\n  attach wq0 pasid 8 -> gva\n}\n`;
    assert.deepEqual(told(source), [
      ["8", "attached: wq0 to gva"],
      ["7", "process db has it"],
    ]);
  });

  it("offers to the guest's own table the lowest number without an entry", () => {
    const table = `uapi v2 { }\niommu smmu { pasid-table guest }\npdev acc at 01:00.0 { category 3 pasid-width 20 }\nguest g {\n  ioasid gpa\n  bind acc\n  attach acc -> gpa\n  ioasid p on gpa page-table\n  ioasid cds on gpa pasid-table { entry 1 -> p  entry $0`;
    assert.deepEqual(told(table), [
      ["2", "no entry yet"],
      ["1", "leads to p"],
    ]);
  });

  it("knows what an imported file has attached", () => {
    const imports = { "host.ioasid": `${GUEST}  attach wq0 pasid 1 -> gva\n}\n` };
    const { items } = offered('import "host.ioasid"\nscenario "s" {\n  detach wq0 pasid $0', { imports });
    assert.deepEqual(
      items.map(({ label }) => label),
      ["1"],
    );
  });

  it("does without a machine where the text is too broken for one", () => {
    assert.deepEqual(labels("guest vm0 { attach wq0 pasid $0"), []);
    assert.deepEqual(labels("attach wq0 pasid $0"), []);
    assert.deepEqual(labels("attach wq0 pasid 1 as $0"), []);
    assert.deepEqual(labels(`${HARDWARE}attach wq0 pasid $0`), []);
  });
});
