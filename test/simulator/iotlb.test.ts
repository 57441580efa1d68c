import assert from "node:assert/strict";
import { Host } from "./host.js";
import { bytes, PlatformBuilder } from "./platform.js";

const NIC = 0;
const GPA = 0;
const GVA = 1;
/** The upper half of a 48-bit canonical space, as frames do not fit a byte count. */
const UPPER = { page: 2 ** 52 - 2 ** 35, offset: 0 };

function host(): Host {
  const builder = new PlatformBuilder();
  builder.iommu({ reserved: [] });
  builder.pdev("nic", 3);
  builder.memory(builder.owner("vm0"), "ram", bytes(0x4000_0000, 0x4000_0000));
  const fresh = new Host(builder.build());
  fresh.bind(0, NIC);
  fresh.space(GPA, "gpa", [NIC]);
  fresh.map(GPA, 0, 0x4000_0000, 0x4000_0000);
  fresh.do({ kind: "ioasid", owner: 0, space: GVA, name: "gva", parent: GPA, table: { kind: "page-table" } });
  fresh.do({ kind: "attach", owner: 0, device: NIC, space: GVA, pasid: 7 });
  return fresh;
}

describe("the IOTLB", () => {
  it("answers with the old target until the space is invalidated", () => {
    const vm = host();
    vm.pte(GVA, 0x1000, 0x1000, 0x5000);
    assert.equal(vm.read(NIC, 0x1000, 7), "0x100005000");
    vm.pte(GVA, 0x1000, 0x1000, 0x6000);
    assert.equal(vm.read(NIC, 0x1000, 7), "0x100005000");
    vm.do({ kind: "invalidate", owner: 0, space: GVA });
    assert.equal(vm.read(NIC, 0x1000, 7), "0x100006000");
  });

  it("forgets only the range that is named", () => {
    const vm = host();
    vm.pte(GVA, 0x1000, 0x2000, 0x5000);
    vm.read(NIC, 0x1000, 7);
    vm.read(NIC, 0x2000, 7);
    vm.pte(GVA, 0x1000, 0x2000, undefined);
    vm.do({ kind: "invalidate", owner: 0, space: GVA, range: bytes(0x2000, 0x1000) });
    assert.equal(vm.read(NIC, 0x1000, 7), "0x100005000");
    assert.equal(vm.read(NIC, 0x2000, 7), "not-mapped");
  });

  it("keeps the upper half of a canonical space, and forgets it by range too", () => {
    const vm = host();
    const page = { start: UPPER, last: { ...UPPER, offset: 4095 } };
    const write = (to: number) =>
      vm.do({
        kind: "pte",
        owner: 0,
        space: GVA,
        range: page,
        target: { kind: "address", address: { page: to, offset: 0 } },
        access: 3,
      });
    const read = () => vm.access(NIC, { start: UPPER, last: UPPER }, 1, 7);
    write(5);
    assert.equal(read(), "0x100005000");
    write(6);
    vm.do({ kind: "invalidate", owner: 0, space: GVA, range: bytes(0, 0x1000) });
    assert.equal(read(), "0x100005000");
    vm.do({ kind: "invalidate", owner: 0, space: GVA, range: page });
    assert.equal(read(), "0x100006000");
  });

  it("forgets both halves when the range spans the hole between them", () => {
    const vm = host();
    vm.pte(GVA, 0x1000, 0x1000, 0x5000);
    vm.read(NIC, 0x1000, 7);
    vm.pte(GVA, 0x1000, 0x1000, undefined);
    const wide = { start: { page: 2 ** 52 - 2 ** 20, offset: 0 }, last: { page: 2 ** 52 - 1, offset: 4095 } };
    vm.do({ kind: "invalidate", owner: 0, space: GVA, range: wide });
    assert.equal(vm.read(NIC, 0x1000, 7), "0x100005000");
    const across = { start: { page: 2 ** 36 - 10, offset: 0 }, last: { page: 2 ** 36 - 9, offset: 4095 } };
    vm.do({ kind: "invalidate", owner: 0, space: GVA, range: across });
    assert.equal(vm.read(NIC, 0x1000, 7), "0x100005000");
    const all = { start: { page: 0, offset: 0 }, last: { page: 2 ** 52 - 1, offset: 4095 } };
    vm.do({ kind: "invalidate", owner: 0, space: GVA, range: all });
    assert.equal(vm.read(NIC, 0x1000, 7), "not-mapped");
  });

  it("is walked again for an access that the cached entry does not permit", () => {
    const vm = host();
    vm.pte(GVA, 0x1000, 0x1000, 0x5000, 1);
    assert.equal(vm.read(NIC, 0x1000, 7), "0x100005000");
    assert.equal(vm.access(NIC, bytes(0x1000, 1), 2, 7), "no-access");
    vm.pte(GVA, 0x1000, 0x1000, 0x5000, 3);
    assert.equal(vm.access(NIC, bytes(0x1000, 1), 2, 7), "0x100005000");
  });

  it("loses what was cached through a child when its parent is unmapped", () => {
    const vm = host();
    vm.pte(GVA, 0x1000, 0x1000, 0x5000);
    vm.read(NIC, 0x1000, 7);
    vm.do({ kind: "unmap", owner: 0, space: GPA, range: bytes(0, 0x4000_0000) });
    assert.equal(vm.read(NIC, 0x1000, 7), "not-mapped");
  });

  it("does not answer for what a detach took away", () => {
    const vm = host();
    vm.pte(GVA, 0x1000, 0x1000, 0x5000);
    vm.read(NIC, 0x1000, 7);
    vm.do({ kind: "detach", owner: 0, device: NIC, space: GVA, pasid: 7 });
    assert.equal(vm.read(NIC, 0x1000, 7), "no-pasid-entry");
    vm.do({ kind: "attach", owner: 0, device: NIC, space: GVA, pasid: 7 });
    vm.pte(GVA, 0x1000, 0x1000, 0x6000);
    assert.equal(vm.read(NIC, 0x1000, 7), "0x100006000");
  });
});

describe("a DMA over a range", () => {
  it("reaches one contiguous target through leaves of any size", () => {
    const vm = host();
    vm.pte(GVA, 0x1000, 0x40_0000, 0x3000);
    const outcome = vm.try({
      kind: "dma",
      device: NIC,
      pasid: 7,
      range: bytes(0x1800, 0x3f_0000),
      access: 1,
      priv: false,
    });
    assert.ok(outcome.kind === "reached" && outcome.contiguous && !outcome.hit);
    const again = vm.try({
      kind: "dma",
      device: NIC,
      pasid: 7,
      range: bytes(0x1800, 0x3f_0000),
      access: 1,
      priv: false,
    });
    assert.ok(again.kind === "reached" && again.hit);
  });

  it("says so when the pages behind it are scattered", () => {
    const vm = host();
    vm.pte(GVA, 0x1000, 0x1000, 0x9000);
    vm.pte(GVA, 0x2000, 0x1000, 0x3000);
    const outcome = vm.try({
      kind: "dma",
      device: NIC,
      pasid: 7,
      range: bytes(0x1000, 0x2000),
      access: 1,
      priv: false,
    });
    assert.ok(outcome.kind === "reached" && !outcome.contiguous);
  });

  it("ends with its first fault, and gives the address of it", () => {
    const vm = host();
    vm.pte(GVA, 0x1000, 0x1000, 0x9000);
    const outcome = vm.try({
      kind: "dma",
      device: NIC,
      pasid: 7,
      range: bytes(0x1800, 0x1000),
      access: 1,
      priv: false,
    });
    assert.ok(outcome.kind === "fault");
    assert.deepEqual([outcome.fault.name, outcome.fault.address], ["not-mapped", { page: 2, offset: 0 }]);
  });
});
