import assert from "node:assert/strict";
import {
  capabilityOf,
  kvmEntry,
  kvmRequirements,
  pasidTables,
  physicalPasid,
} from "../../engine/simulator/index.js";
import { Host } from "./host.js";
import { at, bytes, everyCategory, PlatformBuilder } from "./platform.js";

const NIC = 1;
const GPU = 2;

function withNic(changes: Parameters<PlatformBuilder["iommu"]>[0] = {}, v1 = false): Host {
  const host = new Host(everyCategory({ uapi: v1 ? "v1" : "v2" }, changes));
  host.bind(0, NIC);
  host.space(0, "gpa", [NIC]);
  return host;
}

describe("targets of a mapping", () => {
  it("lie in memory of the owner, whole", () => {
    const host = withNic();
    assert.equal(outcome(host.map(0, 0, 0x1000, 0x3000_0000)), "U007 EFAULT");
    assert.equal(outcome(host.map(0, 0, 0x2000, 0x40ff_f000)), "U007 EFAULT");
    assert.equal(outcome(host.map(0, 0, 0x1000, 0x40ff_f000)), "ok");
  });

  it("fit the widest IOMMU as long as nothing is attached, however narrow that is", () => {
    for (const addressWidth of [30, 38, 39, 48]) {
      const host = new Host(everyCategory({}, { addressWidth }));
      host.do({ kind: "ioasid", owner: 0, space: 0, name: "gpa" });
      const end = 2 ** addressWidth;
      assert.equal(outcome(host.map(0, end, 0x1000, 0x4000_0000)), "U006 EINVAL", `${addressWidth} bits`);
      assert.equal(outcome(host.map(0, 2 ** 51, 0x1000, 0x4000_0000)), "U006 EINVAL");
      assert.equal(outcome(host.map(0, end - 0x1000, 0x1000, 0x4000_0000)), "ok");
    }
  });

  it("of another owner, or past the end of a region, are refused", () => {
    const host = withNic();
    const map = (target: object) =>
      outcome(host.try({ kind: "map", owner: 0, space: 0, range: bytes(0, 0x2000), target, access: 3 }));
    assert.equal(map({ kind: "memory", memory: 1, offset: at(0) }), "U007 EFAULT");
    assert.equal(map({ kind: "memory", memory: 0, offset: at(0), length: at(0x1000) }), "U007 EFAULT");
    assert.equal(map({ kind: "memory", memory: 0, offset: at(0xff_f000) }), "U007 EFAULT");
    assert.equal(map({ kind: "memory", memory: 0, offset: { page: 2 ** 52 - 1, offset: 0 } }), "U007 EFAULT");
    assert.equal(map({ kind: "address", address: { page: 2 ** 52 - 1, offset: 0 } }), "U007 EFAULT");
    assert.equal(map({ kind: "memory", memory: 0, offset: at(0x800) }), "U005 EINVAL");
    assert.equal(map({ kind: "memory", memory: 0, offset: at(0), length: at(0x2000) }), "ok");
  });

  it("need a backing that keeps pages whole", () => {
    const platform = everyCategory();
    const memories = platform.memories.map((memory) => ({ ...memory, physical: at(0x1_0000_0800) }));
    const host = new Host({ ...platform, memories });
    host.bind(0, NIC);
    host.space(0, "gpa", [NIC]);
    assert.equal(outcome(host.map(0, 0, 0x1000, 0x4000_0000)), "U005 EINVAL");
  });

  it("given as a region to a child are where the parent maps that memory", () => {
    const host = withNic();
    host.map(0, 0x10_0000, 0x1000, 0x4000_5000);
    host.do({ kind: "ioasid", owner: 0, space: 1, name: "giova", parent: 0 });
    host.do({ kind: "attach", owner: 0, device: NIC, space: 1 });
    const map = (offset: number) =>
      outcome(
        host.try({
          kind: "map",
          owner: 0,
          space: 1,
          range: bytes(0x2000, 0x1000),
          target: { kind: "memory", memory: 0, offset: at(offset) },
          access: 3,
        }),
      );
    assert.equal(map(0x6000), "U007 EFAULT");
    assert.equal(map(0x5000), "ok");
    assert.equal(host.read(NIC, 0x2010), "0x100005010");
    host.do({ kind: "ioasid", owner: 0, space: 2, name: "inner", parent: 1 });
    const target = { kind: "memory", memory: 0, offset: at(0x5000) };
    host.do({ kind: "map", owner: 0, space: 2, range: bytes(0x7000, 0x1000), target, access: 3 });
    host.do({ kind: "attach", owner: 0, device: NIC, space: 2 });
    assert.equal(host.read(NIC, 0x7010), "0x100005010");
  });

  it("may span memories that lie side by side", () => {
    const builder = new PlatformBuilder();
    builder.iommu();
    builder.pdev("disk", 0);
    const owner = builder.owner("vm0");
    builder.memory(owner, "high", bytes(0x4001_0000, 0x1_0000));
    builder.memory(owner, "low", bytes(0x4000_0000, 0x1_0000));
    const host = new Host(builder.build());
    host.bind(0, 0);
    host.space(0, "gpa", [0]);
    assert.equal(outcome(host.map(0, 0, 0x2_0000, 0x4000_0000)), "ok");
    assert.equal(host.read(0, 0x1_0000), "0x100000000", "the first that was declared");
    assert.equal(host.read(0, 0xf000), "0x14000f000");
    assert.equal(outcome(host.map(0, 0x10_0000, 0x2_1000, 0x4000_0000)), "U007 EFAULT");
  });
});

describe("a shadow (software nesting)", () => {
  it("follows its parent, at any depth, and forgets what the parent loses", () => {
    const host = withNic({ nesting: "software" }, true);
    host.map(0, 0, 0x10_0000, 0x4000_0000);
    for (const [child, parent] of [
      [1, 0],
      [2, 1],
    ] as const) {
      host.do({ kind: "ioasid", owner: 0, space: child, name: `s${child}`, parent });
      host.do({ kind: "attach", owner: 0, device: NIC, space: child });
    }
    host.map(1, 0x1000, 0x4000, 0x2000);
    host.map(2, 0x9000, 0x1000, 0x2000, 1);
    assert.equal(host.read(NIC, 0x9008), "0x100003008");
    assert.equal(host.access(NIC, bytes(0x9008, 1), 2), "no-access");
    host.do({ kind: "unmap", owner: 0, space: 0, range: bytes(0, 0x10_0000) });
    assert.equal(host.read(NIC, 0x9008), "not-mapped");
    host.map(0, 0, 0x10_0000, 0x4010_0000);
    assert.equal(host.read(NIC, 0x9008), "0x100103008");
  });
});

describe("a guest's page table", () => {
  it("takes entries of whole pages within the width", () => {
    const host = withNic();
    host.do({ kind: "ioasid", owner: 0, space: 1, name: "gva", parent: 0, table: { kind: "page-table" } });
    assert.equal(outcome(host.pte(1, 0x800, 0x1000, 0)), "U005 EINVAL");
    assert.equal(outcome(host.pte(1, 2 ** 47, 0x1000, 0)), "U006 EINVAL");
    host.do({ kind: "attach", owner: 0, device: NIC, space: 1, pasid: 7 });
    assert.equal(outcome(host.pte(1, 2 ** 47, 0x1000, 0)), "U006 EINVAL");
    assert.equal(outcome(host.pte(1, 2 ** 47 - 0x1000, 0x1000, 0)), "ok");
    assert.equal(outcome(host.pte(0, 0x1000, 0x1000, 0)), "U016 EINVAL");
    const far = { kind: "memory", memory: 0, offset: at(0x5000) };
    assert.equal(
      outcome(host.try({ kind: "pte", owner: 0, space: 1, range: bytes(0, 0x1000), target: far, access: 3 })),
      "U007 EFAULT",
    );
  });

  it("is read through the parent where it has an address", () => {
    const host = withNic();
    const table = { kind: "page-table", at: at(0x3000) };
    host.do({ kind: "ioasid", owner: 0, space: 1, name: "gva", parent: 0, table });
    host.do({ kind: "attach", owner: 0, device: NIC, space: 1, pasid: 7 });
    host.pte(1, 0x1000, 0x1000, 0x8000);
    host.map(0, 0x8000, 0x1000, 0x4000_0000);
    assert.equal(host.read(NIC, 0x1000, 7), "table-not-mapped");
    host.map(0, 0x3000, 0x1000, 0x4000_1000, 2);
    assert.equal(host.read(NIC, 0x1000, 7), "table-not-mapped");
    host.do({ kind: "unmap", owner: 0, space: 0, range: bytes(0x3000, 0x1000) });
    host.map(0, 0x3000, 0x1000, 0x4000_1000, 1);
    assert.equal(host.read(NIC, 0x1000, 7), "0x100000000");
  });

  it("permits execution only to functions that may ask for it", () => {
    const platform = everyCategory();
    const devices = platform.devices.map((device) =>
      device.name === "nic" ? { ...device, exec: true, priv: true, pageRequests: false } : device,
    );
    const host = new Host({ ...platform, devices });
    host.bind(0, NIC, GPU);
    host.space(0, "gpa", [NIC, GPU]);
    host.map(0, 0, 0x10_0000, 0x4000_0000);
    host.do({ kind: "ioasid", owner: 0, space: 1, name: "gva", parent: 0, table: { kind: "page-table" } });
    host.do({ kind: "attach", owner: 0, device: NIC, space: 1, pasid: 7 });
    host.pte(1, 0x1000, 0x1000, 0x5000, 1);
    host.pte(1, 0x2000, 0x1000, 0x6000, 5);
    host.pte(1, 0x3000, 0x1000, 0x7000, 2);
    assert.equal(host.access(NIC, bytes(0x1000, 1), 4, 7), "no-execute");
    assert.equal(host.access(NIC, bytes(0x2000, 1), 4, 7), "0x100006000");
    assert.equal(host.access(NIC, bytes(0x3000, 1), 4, 7), "no-access");
    assert.equal(host.access(NIC, bytes(0x5000, 1), 4), "0x100005000", "a second stage has no execute bit");
    assert.equal(host.access(GPU, bytes(0x5000, 1), 4), "exec-disabled");
    const dma = { kind: "dma", range: bytes(0x5000, 1), access: 1, priv: true };
    assert.equal(outcome(host.try({ ...dma, kind: "dma", device: GPU })), "fault priv-disabled");
    assert.equal(outcome(host.try({ ...dma, kind: "dma", device: NIC })), "reached");
  });

  it("has the format that the IOMMU walks", () => {
    const host = withNic({}, true);
    host.do({ kind: "ioasid", owner: 0, space: 1, name: "gva", parent: 0 });
    host.do({ kind: "attach", owner: 0, device: NIC, space: 1, pasid: 7 });
    host.refuses(
      { kind: "bind-table", owner: 0, space: 1, table: { kind: "page-table", format: "smmuv3" } },
      "P019",
      "EINVAL",
    );
    host.do({ kind: "bind-table", owner: 0, space: 1, table: { kind: "page-table", format: "vtd" } });
    host.refuses({ kind: "bind-table", owner: 0, space: 1, table: { kind: "page-table" } }, "U017", "EBUSY");
    host.do({ kind: "unbind-table", owner: 0, space: 1, table: "page-table" });
    host.refuses(
      { kind: "pte", owner: 0, space: 1, range: bytes(0, 0x1000), target: undefined, access: 3 },
      "U018",
      "EINVAL",
    );
    host.refuses({ kind: "invalidate", owner: 0, space: 1 }, "U018", "EINVAL");
  });
});

describe("a guest's PASID table", () => {
  const smmu = { form: "smmuv3", format: "smmuv3", pasidTable: "guest" } as const;

  function delegated(changes: Parameters<PlatformBuilder["iommu"]>[0] = {}): Host {
    const host = withNic({ ...smmu, ...changes });
    host.map(0, 0, 0x10_0000, 0x4000_0000);
    host.do({ kind: "ioasid", owner: 0, space: 1, name: "table", parent: 0, table: { kind: "pasid-table" } });
    host.do({ kind: "ioasid", owner: 0, space: 2, name: "gva", parent: 0, table: { kind: "page-table" } });
    host.do({ kind: "attach", owner: 0, device: NIC, space: 1 });
    host.pte(2, 0x1000, 0x1000, 0x5000);
    return host;
  }

  it("is the guest's to write, and cached until it is invalidated", () => {
    const host = delegated();
    assert.equal(host.read(NIC, 0x1000, 3), "no-pasid-entry");
    host.do({ kind: "entry", owner: 0, table: 1, pasid: 3, space: 2 });
    assert.equal(host.read(NIC, 0x1000, 3), "0x100005000");
    assert.equal(physicalPasid(host.machine, NIC, 3), 3);
    host.do({ kind: "entry", owner: 0, table: 1, pasid: 3, space: undefined });
    const stale = host.try(
      { kind: "dma", device: NIC, pasid: 3, range: bytes(0x1000, 1), access: 1, priv: false },
      true,
    );
    assert.ok(stale.kind === "reached" && stale.findings[0]?.kind === "stale-entry");
    host.do({ kind: "invalidate", owner: 0, space: 1 });
    assert.equal(host.read(NIC, 0x1000, 3), "no-pasid-entry");
  });

  it("keeps a cached entry for pages that no one asked for yet", () => {
    const host = delegated();
    host.do({ kind: "ioasid", owner: 0, space: 3, name: "other", parent: 0, table: { kind: "page-table" } });
    host.pte(3, 0x2000, 0x1000, 0x9000);
    host.pte(2, 0x2000, 0x1000, 0x6000);
    host.do({ kind: "entry", owner: 0, table: 1, pasid: 3, space: 2 });
    host.read(NIC, 0x1000, 3);
    host.do({ kind: "entry", owner: 0, table: 1, pasid: 3, space: 3 });
    const recorded = host.try(
      { kind: "dma", device: NIC, pasid: 3, range: bytes(0x2000, 1), access: 1, priv: false },
      true,
    );
    assert.equal(recorded.kind === "reached" && recorded.physical.page, 0x10_0006);
    host.do({ kind: "invalidate", owner: 0, space: 1 });
    assert.equal(host.read(NIC, 0x2000, 3), "0x100009000");
  });

  it("decides what becomes of requests without PASID", () => {
    assert.equal(delegated({ noPasid: "bypass" }).read(NIC, 0x5000), "0x100005000");
    assert.equal(delegated({ noPasid: "terminate" }).read(NIC, 0x5000), "no-pasid-terminated");
    const entryZero = delegated({ noPasid: "entry-0" });
    assert.equal(entryZero.read(NIC, 0x1000), "no-pasid-entry");
    entryZero.do({ kind: "entry", owner: 0, table: 1, pasid: 0, space: 2 });
    assert.equal(entryZero.read(NIC, 0x1000), "0x100005000");
  });

  it("is refused where the kernel keeps the table, and for what is no table", () => {
    const host = withNic();
    host.do({ kind: "ioasid", owner: 0, space: 1, name: "table", parent: 0, table: { kind: "pasid-table" } });
    host.refuses({ kind: "attach", owner: 0, device: NIC, space: 1 }, "P024", "EOPNOTSUPP");
    host.refuses({ kind: "entry", owner: 0, table: 0, pasid: 3, space: 1 }, "U016", "EINVAL");
    host.refuses({ kind: "entry", owner: 0, table: 1, pasid: 3, space: 0 }, "U016", "EINVAL");
    host.refuses({ kind: "entry", owner: 0, table: 1, pasid: 0x10_0000, space: 0 }, "P003", "EINVAL");
  });
});

describe("attaching", () => {
  it("refuses IOMMUs that cannot share a table (P019)", () => {
    const builder = new PlatformBuilder();
    builder.iommu({ reserved: [] });
    builder.iommu({ name: "amd", format: "amd", form: "amd", reserved: [] });
    builder.iommu({ name: "snoop", noSnoopControl: true, reserved: [] });
    builder.iommu({ name: "narrow", addressWidth: 39, reserved: [] });
    builder.iommu({ name: "flat", nesting: "none", reserved: [] });
    builder.iommu({ name: "reserving", reserved: [bytes(0x5000, 0x1000)] });
    for (let iommu = 0; iommu < 6; iommu += 1) builder.pdev(`d${iommu}`, 3, { iommu });
    builder.memory(builder.owner("vm0"), "ram", bytes(0x4000_0000, 0x1000_0000));
    const host = new Host(builder.build());
    host.bind(0, 0, 1, 2, 3, 4, 5);
    host.space(0, "gpa", [0]);
    host.map(0, 2 ** 40, 0x1000, 0x4000_0000);
    host.map(0, 0x5000, 0x1000, 0x4000_0000);
    for (const device of [1, 2, 3])
      host.refuses({ kind: "attach", owner: 0, device, space: 0 }, "P019", "EINVAL");
    host.refuses({ kind: "attach", owner: 0, device: 5, space: 0 }, "U029", "EADDRINUSE");
    host.do({ kind: "attach", owner: 0, device: 4, space: 0 });
    host.do({ kind: "ioasid", owner: 0, space: 1, name: "shadow", parent: 0 });
    host.refuses({ kind: "attach", owner: 0, device: 4, space: 1 }, "P019", "EINVAL");
    const table = { kind: "page-table", format: "amd" };
    host.do({ kind: "ioasid", owner: 0, space: 2, name: "gva", parent: 0, table });
    host.refuses({ kind: "attach", owner: 0, device: 0, space: 2, pasid: 7 }, "P019", "EINVAL");
  });

  it("gives a slice no device when its parent ran out of PASIDs (P007)", () => {
    const builder = new PlatformBuilder();
    builder.iommu();
    const parent = builder.pdev("p", undefined, { pasidWidth: 1 });
    builder.mdev("first", parent, 4);
    builder.mdev("second", parent, 4);
    builder.owner("vm0");
    const host = new Host(builder.build());
    host.bind(0, 1);
    host.refuses({ kind: "bind", owner: 0, device: 2 }, "P007", "ENOSPC");
    host.space(0, "gpa", [1]);
    host.refuses({ kind: "attach", owner: 0, device: 1, space: 0, pasid: 1 }, "P007", "ENOSPC");
    assert.equal(physicalPasid(host.machine, 1, undefined), 1);
    assert.equal(physicalPasid(host.machine, 2, undefined), undefined);
  });

  it("reuses the lowest number that came free", () => {
    const host = new Host(everyCategory());
    host.bind(0, 7);
    host.space(0, "gpa", [7]);
    for (const pasid of [1, 2, 3]) host.do({ kind: "attach", owner: 0, device: 7, space: 0, pasid });
    const numbers = () => [1, 2, 3, 4].map((pasid) => physicalPasid(host.machine, 7, pasid));
    assert.deepEqual(numbers(), [5, 6, 7, undefined], "1 to 4 are defPASIDs");
    host.do({ kind: "detach", owner: 0, device: 7, space: 0, pasid: 2 });
    host.do({ kind: "attach", owner: 0, device: 7, space: 0, pasid: 4 });
    assert.deepEqual(numbers(), [5, undefined, 7, 6]);
  });

  it("takes a number that the driver fixes, if it can be had", () => {
    const host = new Host(everyCategory());
    host.bind(0, NIC, 7, 8);
    host.space(0, "gpa", [NIC, 7, 8]);
    const attach = (device: number, pasid: number, physical: number) =>
      ({ kind: "attach", owner: 0, device, space: 0, pasid, physical }) as const;
    host.refuses(attach(NIC, 7, 8), "U024", "EINVAL");
    host.do(attach(NIC, 7, 7));
    host.refuses(attach(7, 7, 0), "U026", "EINVAL");
    host.refuses(attach(7, 7, 0x10_0000), "U026", "EINVAL");
    host.refuses(attach(7, 7, 4), "P006", "EBUSY");
    host.do(attach(7, 7, 40));
    host.refuses(attach(8, 7, 40), "P006", "EBUSY");
    host.do(attach(8, 7, 41));
    host.refuses(attach(8, 9, 42), "U025", "EBUSY");
    host.do(attach(8, 9, 41));
    const used = pasidTables(host.machine).filter((row) => row.use === "attached");
    assert.deepEqual(
      used.map((row) => row.physical),
      [7, 40, 41],
    );
  });
});

describe("KVM mappings", () => {
  it("are required for each attached vPASID of a shared queue, and only there", () => {
    const host = new Host(everyCategory());
    host.bind(0, 7, 8);
    host.space(0, "gpa", [7, 8]);
    host.space(1, "other", []);
    host.do({ kind: "attach", owner: 0, device: 7, space: 0, pasid: 5 });
    host.do({ kind: "attach", owner: 0, device: 8, space: 0, pasid: 7 });
    const states = () =>
      kvmRequirements(host.machine).map((row) => [row.pasid, row.physical, row.state, row.current]);
    assert.deepEqual(states(), [[7, 6, "missing", undefined]]);
    host.do({ kind: "kvm-map", owner: 0, pasid: 7, space: 0 });
    assert.deepEqual(states(), [[7, 6, "present", 6]]);
    assert.equal(kvmEntry(host.machine, 0, 7), 6);
    assert.equal(kvmEntry(host.machine, 0, 8), undefined);
    assert.equal(capabilityOf(host.machine.platform, 8).cpuVirtual, true);
  });
});

function outcome(result: ReturnType<Host["try"]>): string {
  if (result.kind === "refused") return `${result.refusal.rule} ${result.refusal.errno}`;
  return result.kind === "fault" ? `fault ${result.fault.name}` : result.kind;
}
