import assert from "node:assert/strict";
import { type Platform, pasidTables, stateHash } from "../../engine/simulator/index.js";
import { Host } from "./host.js";
import { bytes, PlatformBuilder } from "./platform.js";

const DSA = 0;
const PLAIN = 1;
const WQ = 2;
const GUEST = 0;
const HOST = 1;
const SECOND = 2;

function platform(settings: Partial<Platform> = {}, width = 20): Platform {
  const builder = new PlatformBuilder(settings);
  builder.iommu();
  builder.pdev("dsa", undefined, { pageRequests: true, enqcmd: true, pasidWidth: width });
  builder.pdev("plain", undefined);
  builder.mdev("wq", DSA, 5);
  builder.pdev("nic", 3, { pageRequests: true });
  builder.pdev("disk", 0);
  builder.memory(builder.owner("vm0"), "ram", bytes(0x4000_0000, 0x1000_0000));
  builder.memory(builder.owner("host", "native"), "heap", bytes(0x5000_0000, 0x10_0000));
  builder.memory(builder.owner("second", "native"), "heap", bytes(0x6000_0000, 0x10_0000));
  return builder.build();
}

describe("a host process on a device (LX iommu_sva_bind_device)", () => {
  it("gets one global PASID, which all its devices share", () => {
    const host = new Host(platform());
    host.do({ kind: "sva", owner: HOST, device: DSA });
    host.do({ kind: "sva", owner: HOST, device: 3 });
    const rows = pasidTables(host.machine).filter((row) => row.use === "sva");
    assert.deepEqual(
      rows.map((row) => [row.wire, row.physical, row.target]),
      [
        [DSA, 2, "host"],
        [3, 2, "host"],
      ],
      "1 is the defPASID of wq",
    );
  });

  it("reaches the process's own memory at its virtual addresses", () => {
    const host = new Host(platform());
    host.do({ kind: "sva", owner: HOST, device: DSA });
    assert.equal(host.read(DSA, 0x5000_1234, 2), "0x140001234");
    assert.equal(host.read(DSA, 0x4000_0000, 2), "not-mapped");
    assert.equal(host.access(DSA, bytes(0x5000_0000, 0x10_0000), 2, 2), "0x140000000");
    assert.equal(
      host.access(DSA, { start: { page: 2 ** 40, offset: 0 }, last: { page: 2 ** 40, offset: 0 } }, 1, 2),
      "not-canonical",
    );
  });

  it("may fix the number, and is refused one that another owner of the RID has (P006)", () => {
    const host = new Host(platform());
    host.refuses({ kind: "sva", owner: HOST, device: DSA, physical: 1 }, "P006", "EBUSY");
    host.do({ kind: "sva", owner: HOST, device: DSA, physical: 9 });
    host.refuses({ kind: "sva", owner: SECOND, device: DSA, physical: 9 }, "P006", "EBUSY");
    host.refuses({ kind: "sva", owner: HOST, device: 3, physical: 8 }, "U025", "EBUSY");
  });

  it("keeps its number away from the slices of the same parent (N3)", () => {
    const host = new Host(platform());
    host.do({ kind: "sva", owner: HOST, device: DSA });
    host.bind(GUEST, WQ);
    host.space(0, "gpa", [WQ]);
    host.do({ kind: "attach", owner: GUEST, device: WQ, space: 0, pasid: 7 });
    const row = pasidTables(host.machine).find((entry) => entry.use === "attached");
    assert.equal(row?.physical, 3);
  });

  it("needs a number below the width of the device (P008) and a free one (P007)", () => {
    const host = new Host(platform({}, 1));
    host.refuses({ kind: "sva", owner: HOST, device: DSA }, "P007", "ENOSPC");
    host.refuses({ kind: "sva", owner: HOST, device: DSA, physical: 2 }, "P008", "EOVERFLOW");
  });

  it("needs PASIDs, ATS, page requests and a device in the hands of its host driver (U035)", () => {
    const host = new Host(platform());
    host.refuses({ kind: "sva", owner: HOST, device: 4 }, "U035", "ENODEV");
    host.refuses({ kind: "sva", owner: HOST, device: PLAIN }, "U035", "EINVAL");
    host.refuses({ kind: "sva", owner: HOST, device: WQ }, "U035", "EINVAL");
    host.do({ kind: "sva", owner: HOST, device: DSA });
    host.refuses({ kind: "sva", owner: HOST, device: DSA }, "U035", "EBUSY");
    host.bind(GUEST, 3);
    host.refuses({ kind: "sva", owner: HOST, device: 3 }, "U035", "EBUSY");
    const without = platform();
    const noAts = new Host({ ...without, iommus: [{ ...without.iommus[0]!, ats: false }] });
    noAts.refuses({ kind: "sva", owner: HOST, device: DSA }, "U035", "EINVAL");
    const guestTable = new Host({ ...without, iommus: [{ ...without.iommus[0]!, pasidTable: "guest" }] });
    guestTable.refuses({ kind: "sva", owner: HOST, device: DSA }, "U035", "EINVAL");
  });

  it("keeps a guest from binding the same function (P020)", () => {
    const host = new Host(platform());
    host.do({ kind: "sva", owner: HOST, device: 3 });
    host.refuses({ kind: "bind", owner: GUEST, device: 3 }, "P020", "EBUSY");
  });

  it("shows in reach, and a guest that gets there is seen", () => {
    const host = new Host(platform());
    host.do({ kind: "sva", owner: HOST, device: DSA });
    host.bind(GUEST, WQ);
    host.space(0, "gpa", [WQ]);
    host.do({ kind: "attach", owner: GUEST, device: WQ, space: 0, pasid: 7 });
    host.do({ kind: "kvm-map", owner: GUEST, pasid: 7, space: 0 });
    const before = stateHash(host.machine);
    host.machine.ownOwner(GUEST).vmx.set(7, 2, 0);
    assert.notEqual(stateHash(host.machine), before);
    const outcome = host.try({
      kind: "enqcmds",
      owner: GUEST,
      pasid: 7,
      device: WQ,
      access: 1,
      address: { page: 0x50000, offset: 0 },
    });
    assert.ok(outcome.kind === "reached");
    assert.equal(outcome.space, "the process of host");
    assert.equal(outcome.findings[0]?.kind, "wrong-space");
  });
});
