import assert from "node:assert/strict";
import { vmxIndex, vtdIndex } from "../../engine/simulator/index.js";
import { VmxTables } from "../../engine/simulator/kvm/vmx-table.js";
import { tableReach } from "../../engine/simulator/pasid/entries.js";
import { PlatformBuilder } from "./platform.js";

/** PASIDs that the IOMMU looks up for a function of this width. */
function reach(width: number, form: "vtd" | "smmuv3" = "vtd"): number {
  const builder = new PlatformBuilder();
  builder.iommu({ form });
  builder.pdev("nic", 3, { pasidWidth: width });
  const { devices, iommus } = builder.build();
  return tableReach(devices[0]!, iommus[0]!);
}

/** domain.md 7.1: PASID, VMX directory, its index (18:10), VMX table index (9:0), VT-d directory and table. */
const VECTORS = [
  [0x00000, "low", 0, 0, 0, 0],
  [0x00005, "low", 0, 5, 0, 5],
  [0x003ff, "low", 0, 1023, 15, 63],
  [0x00400, "low", 1, 0, 16, 0],
  [0x7ffff, "low", 511, 1023, 8191, 63],
  [0x80000, "high", 0, 0, 8192, 0],
  [0x81234, "high", 4, 564, 8264, 52],
  [0xfffff, "high", 511, 1023, 16383, 63],
] as const;

describe("the indices of a PASID (domain.md 7.1)", () => {
  for (const [pasid, directory, directoryIndex, tableIndex, vtdDirectory, vtdTable] of VECTORS) {
    it(`0x${pasid.toString(16)} is ${directory} ${directoryIndex} ${tableIndex} for the CPU, ${vtdDirectory} ${vtdTable} for VT-d`, () => {
      assert.deepEqual(vmxIndex(pasid), { directory, directoryIndex, tableIndex });
      assert.deepEqual(vtdIndex(pasid), { directory: vtdDirectory, table: vtdTable });
    });
  }

  it("PDTS 0 reaches 2^13 PASIDs, and PDTS 7 all of 20 bits", () => {
    assert.deepEqual(
      [1, 13, 16, 20].map((width) => reach(width)),
      [0x2000, 0x2000, 0x1_0000, 0x10_0000],
    );
  });

  it("without PASIDs enabled none is looked up, and a guest's table ends at its width", () => {
    assert.equal(reach(0), 0);
    assert.equal(reach(8, "smmuv3"), 0x100);
  });
});

describe("the PASID translation tables of a VM (domain.md 4.4)", () => {
  it("hold the host PASID in bits 19:0 and the valid bit at 31", () => {
    const tables = VmxTables.empty(1);
    tables.set(0x81234, 0xabcde, 5);
    assert.equal(tables.raw(0x81234), 0x800a_bcde);
    assert.deepEqual(tables.translate(0x81234), { valid: true, physical: 0xabcde, origin: 5 });
  });

  it("tell a missing directory entry from an invalid table entry", () => {
    const tables = VmxTables.empty(1);
    assert.deepEqual(tables.translate(7), { valid: false, missing: "directory-entry" });
    tables.set(7, 2, 0);
    assert.deepEqual(tables.translate(8), { valid: false, missing: "table-entry" });
    assert.deepEqual(tables.translate(0x400), { valid: false, missing: "directory-entry" });
    assert.equal(tables.directoryPresent(8), true);
    assert.equal(tables.directoryPresent(0x400), false);
  });

  it("keep the table when an entry is cleared, as KVM would keep the page", () => {
    const tables = VmxTables.empty(1);
    tables.set(7, 2, 0);
    tables.clear(7);
    tables.clear(0x90000);
    assert.equal(tables.raw(7), 0);
    assert.equal(tables.raw(0x90000), 0);
    assert.deepEqual(tables.translate(7), { valid: false, missing: "table-entry" });
  });

  it("list their valid entries by ascending guest PASID", () => {
    const tables = VmxTables.empty(1);
    for (const pasid of [0xfffff, 7, 0x80000, 0x400]) tables.set(pasid, pasid & 0xff, 1);
    assert.deepEqual(
      [...tables.entries()].map((entry) => entry.pasid),
      [7, 0x400, 0x80000, 0xfffff],
    );
  });

  it("fork: a table is copied before the first write to it", () => {
    const tables = VmxTables.empty(1);
    tables.set(7, 2, 0);
    const fork = tables.own(2);
    fork.set(7, 3, 0);
    assert.equal(tables.own(1), tables);
    assert.equal(tables.raw(7), 0x8000_0002);
    assert.equal(fork.raw(7), 0x8000_0003);
  });
});
