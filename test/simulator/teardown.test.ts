import assert from "node:assert/strict";
import { proveReaches } from "../../engine/simulator/index.js";
import { Host } from "./host.js";
import { at, bytes, everyCategory, PlatformBuilder } from "./platform.js";

const [NIC, LEFT] = [1, 10];
const SMMU = { form: "smmuv3", format: "smmuv3", pasidTable: "guest" } as const;

describe("what is left behind when something ends", () => {
  it("a freed space that a guest's PASID table still names answers no more, cached or not", () => {
    const host = new Host(everyCategory({}, SMMU));
    host.bind(0, NIC);
    host.space(0, "gpa", [NIC]);
    host.map(0, 0, 0x1_0000, 0x4000_0000);
    host.space(1, "cds", [NIC], { parent: 0, table: { kind: "pasid-table" } });
    host.space(2, "gva", [], { parent: 0, table: { kind: "page-table" } });
    host.pte(2, 0, 0x1000, 0x5000);
    host.do({ kind: "entry", owner: 0, table: 1, pasid: 3, space: 2 });
    assert.equal(host.read(NIC, 0, 3), "0x100005000");
    host.do({ kind: "free", owner: 0, space: 2 });
    assert.equal(host.read(NIC, 0, 3), "not-mapped");
  });

  it("a page request of a table that is unbound is answered, so that nothing waits for it", () => {
    const host = new Host(everyCategory({ uapi: "v1" }));
    host.bind(0, NIC);
    host.space(0, "gpa", [NIC]);
    host.map(0, 0, 0x1_0000, 0x4000_0000);
    host.space(1, "gva", [], { parent: 0 });
    host.do({ kind: "attach", owner: 0, device: NIC, space: 1, pasid: 7 });
    const bind = { kind: "bind-table", owner: 0, space: 1, table: { kind: "page-table" } };
    host.do(bind);
    assert.equal(host.read(NIC, 0, 7), "page-request");
    host.do({ kind: "unbind-table", owner: 0, space: 1, table: "page-table" });
    host.do(bind);
    host.refuses({ kind: "respond", owner: 0, space: 1, address: at(0), success: true }, "U030", "EINVAL");
  });

  it("v1: a child of a freed space is told so", () => {
    const host = new Host(everyCategory({ uapi: "v1" }));
    host.do({ kind: "ioasid", owner: 0, space: 0, name: "gpa" });
    host.do({ kind: "free", owner: 0, space: 0 });
    const outcome = host.try({ kind: "ioasid", owner: 0, space: 1, name: "gva", parent: 0 });
    assert.ok(outcome.kind === "refused" && outcome.refusal.rule === "U014");
    assert.equal(outcome.refusal.arguments.freed, true);
  });

  it("v1: a mapping that is older than the first REGISTER moves with its guest", () => {
    const host = new Host(everyCategory({ uapi: "v1" }));
    host.bind(0, NIC);
    host.space(0, "gpa", [NIC]);
    host.map(0, 0, 0x1000, 0x4000_0000);
    host.do({ kind: "register", owner: 0, memory: 0, offset: at(0x1000), length: at(0x1000) });
    host.do({ kind: "migrate", owner: 0 });
    assert.equal(host.read(NIC, 0), "0x100000000");
    const target = { kind: "memory", memory: 0, offset: at(0) };
    host.refuses(
      { kind: "map", owner: 0, space: 0, range: bytes(0x2000, 0x1000), target, access: 3 },
      "U008",
      "EINVAL",
    );
  });

  it("v1: detaching the last device makes the space idle again and keeps its mappings", () => {
    const host = new Host(everyCategory({ uapi: "v1" }));
    host.bind(0, NIC);
    host.space(0, "gpa", [NIC]);
    host.map(0, 0, 0x1000, 0x4000_0000);
    host.do({ kind: "detach", owner: 0, device: NIC, space: 0 });
    host.refuses({ kind: "unmap", owner: 0, space: 0, range: bytes(0, 0x1000) }, "P018", "ENODEV");
    host.do({ kind: "attach", owner: 0, device: NIC, space: 0 });
    assert.equal(host.read(NIC, 0), "0x100000000");
  });

  it("v1: a member of a group that leaves locks the space until it comes back", () => {
    const host = new Host(everyCategory({ uapi: "v1" }));
    host.bind(0, LEFT, LEFT + 1);
    host.space(0, "gpa", [LEFT, LEFT + 1]);
    host.do({ kind: "detach", owner: 0, device: LEFT, space: 0 });
    host.refuses({ kind: "free", owner: 0, space: 0 }, "P017", "EDEADLK");
    host.do({ kind: "attach", owner: 0, device: LEFT, space: 0 });
    host.refuses({ kind: "free", owner: 0, space: 0 }, "P016", "EBUSY");
  });
});

describe("requests that a page response resumes", () => {
  it("keep their findings apart", () => {
    const host = new Host(everyCategory({ uapi: "v1" }));
    host.bind(0, NIC);
    host.space(0, "gpa", [NIC]);
    host.map(0, 0, 0x1_0000, 0x4000_0000);
    host.space(1, "gva", [], { parent: 0 });
    host.do({ kind: "attach", owner: 0, device: NIC, space: 1, pasid: 7 });
    host.do({ kind: "bind-table", owner: 0, space: 1, table: { kind: "page-table" } });
    for (let n = 0; n < 2; n++) assert.equal(host.read(NIC, 0, 7), "page-request");
    host.pte(1, 0, 0x1000, 0x5000);
    const outcome = host.try({ kind: "respond", owner: 0, space: 1, address: at(0), success: true }, true);
    assert.ok(outcome.kind === "responded");
    assert.equal(outcome.resumed.length, 2);
    assert.notEqual(outcome.resumed[0]!.findings, outcome.resumed[1]!.findings);
    assert.equal(outcome.resumed[1]!.stages?.at(-1)?.kind, "result");
  });
});

describe("transfers over long ranges", () => {
  const FRAMES = 2 ** 28;
  function terabyte(): Host {
    const builder = new PlatformBuilder();
    builder.iommu({ reserved: [] });
    builder.pdev("nic", 3);
    const start = { page: 2 ** 30, offset: 0 };
    builder.memory(builder.owner("vm0"), "ram", { start, last: { page: 2 ** 30 + 2 ** 29, offset: 4095 } });
    const host = new Host(builder.build());
    host.bind(0, 0);
    host.space(0, "gpa", [0]);
    return host;
  }
  const range = { start: at(0), last: { page: FRAMES - 1, offset: 4095 } };

  it("a terabyte of single pages is walked, and answered by the IOTLB, without a look at each", () => {
    const host = terabyte();
    const target = { kind: "memory", memory: 0, offset: at(4096) };
    host.do({ kind: "map", owner: 0, space: 0, range, target, access: 3 });
    for (let n = 0; n < 3; n++) assert.equal(host.access(0, range, 1), "0x100001000");
  });

  it("a stale page in the middle of a long transfer is noticed", () => {
    const host = new Host(everyCategory());
    host.bind(0, NIC);
    host.space(0, "gpa", [NIC]);
    host.map(0, 0, 0x10_0000, 0x4000_0000);
    host.space(1, "gva", [], { parent: 0, table: { kind: "page-table" } });
    host.do({ kind: "attach", owner: 0, device: NIC, space: 1, pasid: 7 });
    host.pte(1, 0, 0x8000, 0x1000);
    const dma = { kind: "dma", device: NIC, pasid: 7, range: bytes(0, 0x8000), access: 1, priv: false };
    assert.deepEqual(host.try(dma).findings, []);
    assert.deepEqual(host.try(dma).findings, []);
    host.pte(1, 0x5000, 0x1000, 0x9000);
    assert.deepEqual(
      host.try(dma).findings.map(({ kind }) => kind),
      ["stale-entry"],
    );
  });
});

describe("what a proof takes from the IOTLB", () => {
  it("leaves out a reserved range that a cached leaf spans, because no request gets there", () => {
    const host = new Host(everyCategory());
    host.bind(0, NIC);
    host.space(0, "gpa", [NIC]);
    host.map(0, 0, 0x100_0000, 0x4000_0000);
    host.space(1, "gva", [], { parent: 0, table: { kind: "page-table" } });
    host.do({ kind: "attach", owner: 0, device: NIC, space: 1, pasid: 7 });
    host.pte(1, 0xfee0_0000, 0x20_0000, 0);
    assert.equal(host.read(NIC, 0xfef0_0000, 7), "0x100100000", "the second half of the leaf");
    assert.equal(host.read(NIC, 0xfee0_0000, 7), "reserved-address");
    const from = { kind: "pasid", device: NIC, pasid: 7 } as const;
    const half = at(0x10_0000);
    assert.equal(proveReaches(host.machine, from, 0, half, half, 1).reached, true);
    assert.equal(proveReaches(host.machine, from, 0, at(0), half, 1).reached, false);
  });
});

describe("a guest's PASID table", () => {
  it("is the space of all vPASIDs, so it is attached without one", () => {
    const host = new Host(everyCategory({}, SMMU));
    host.bind(0, NIC);
    host.space(0, "gpa", [NIC]);
    host.space(1, "cds", [NIC], { parent: 0, table: { kind: "pasid-table" } });
    host.refuses({ kind: "attach", owner: 0, device: NIC, space: 1, pasid: 7 }, "P019", "EINVAL");
  });

  it("v1: is not bound to a child that a device has under one vPASID", () => {
    const host = new Host(everyCategory({ uapi: "v1" }, SMMU));
    host.bind(0, NIC);
    host.space(0, "gpa", [NIC]);
    host.space(1, "gva", [], { parent: 0 });
    host.do({ kind: "attach", owner: 0, device: NIC, space: 1, pasid: 7 });
    const bind = { kind: "bind-table", owner: 0, space: 1, table: { kind: "pasid-table" } };
    host.refuses(bind, "P019", "EINVAL");
  });

  it("has no room for a physical number other than the guest's own", () => {
    const host = new Host(everyCategory({}, SMMU));
    host.bind(0, NIC);
    host.space(0, "gpa", [NIC]);
    host.space(1, "gva", [], { parent: 0, table: { kind: "page-table" } });
    const attach = { kind: "attach", owner: 0, device: NIC, space: 1, pasid: 7 };
    host.refuses({ ...attach, physical: 8 }, "U024", "EINVAL");
    host.do({ ...attach, physical: 7 });
  });
});

describe("SubstreamID 0 for requests without one (STE.S1DSS)", () => {
  it("reaches what the guest wrote in entry 0, which is no wrong space, and tells when the entry has gone", () => {
    const host = new Host(everyCategory({}, { ...SMMU, noPasid: "entry-0" }));
    host.bind(0, NIC);
    host.space(0, "gpa", [NIC]);
    host.map(0, 0, 0x1_0000, 0x4000_0000);
    host.space(1, "cds", [NIC], { parent: 0, table: { kind: "pasid-table" } });
    host.space(2, "gva", [], { parent: 0, table: { kind: "page-table" } });
    host.pte(2, 0, 0x1000, 0x5000);
    host.do({ kind: "entry", owner: 0, table: 1, pasid: 0, space: 2 });
    const dma = { kind: "dma", device: NIC, range: bytes(0, 1), access: 1, priv: false };
    assert.deepEqual(host.try(dma).findings, []);
    host.do({ kind: "entry", owner: 0, table: 1, pasid: 0, space: undefined });
    assert.deepEqual(
      host.try(dma).findings.map(({ kind }) => kind),
      ["stale-entry"],
    );
  });
});
