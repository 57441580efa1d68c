import assert from "node:assert/strict";
import { Host } from "./host.js";
import { at, bytes, everyCategory, PlatformBuilder } from "./platform.js";

const [NIC, GPU, SHARED, OTHER] = [1, 2, 8, 9];
const only = (...rules: string[]) => ({ allow: new Set(rules) });

/** Two roots of the first guest, the first one mapped to the start of its memory, the second behind it. */
function twoSpaces(): Host {
  const host = new Host(everyCategory());
  host.bind(0, NIC, GPU, SHARED, OTHER);
  host.do({ kind: "ioasid", owner: 0, space: 0, name: "one" });
  host.do({ kind: "ioasid", owner: 0, space: 1, name: "two" });
  host.map(0, 0, 0x1000, 0x4000_0000);
  host.map(1, 0, 0x1000, 0x4000_5000);
  return host;
}

describe("what carries on under `allow` stays sound", () => {
  it("P002: each attach of a space twice needs a detach of its own, and then the space is free", () => {
    const host = twoSpaces();
    const attach = { kind: "attach", owner: 0, device: NIC, space: 0 };
    const detach = { kind: "detach", owner: 0, device: NIC, space: 0 };
    host.do(attach);
    host.do({ ...attach, ...only("P002") });
    host.do(detach);
    assert.equal(host.read(NIC, 0), "0x100000000");
    host.do(detach);
    assert.equal(host.read(NIC, 0), "no-pasid-entry");
    host.do({ kind: "free", owner: 0, space: 0 });
  });

  it("P003: a number that no TLP has room for stays refused", () => {
    const host = twoSpaces();
    const attach = { kind: "attach", owner: 0, device: NIC, space: 0, ...only("P003") };
    host.refuses({ ...attach, pasid: 0x10_0000 }, "P003", "EINVAL");
    host.refuses({ ...attach, pasid: 2 ** 31 }, "P003", "EINVAL");
  });

  it("P003: a number past the width of the device may be attached, and is walked where the directory has it", () => {
    const builder = new PlatformBuilder();
    builder.iommu();
    const nic = builder.pdev("nic", 3, { pasidWidth: 4 });
    builder.memory(builder.owner("vm0"), "ram", bytes(0x4000_0000, 0x1000));
    const host = new Host(builder.build());
    host.bind(0, nic);
    host.do({ kind: "ioasid", owner: 0, space: 0, name: "one" });
    host.map(0, 0, 0x1000, 0x4000_0000);
    for (const pasid of [16, 0x2000]) {
      host.do({ kind: "attach", owner: 0, device: nic, space: 0, pasid, ...only("P003") });
    }
    assert.equal(host.read(nic, 0, 16), "0x100000000");
    assert.equal(host.read(nic, 0, 0x2000), "pasid-too-big");
  });

  it("P004: under the policy `simple` a function of category 4 keeps its number, so 0 is the RID's slot too", () => {
    const host = new Host(everyCategory({ pasidPolicy: "simple" }));
    host.bind(0, GPU);
    host.do({ kind: "ioasid", owner: 0, space: 0, name: "one" });
    host.refuses({ kind: "attach", owner: 0, device: GPU, space: 0, pasid: 0 }, "P004", "EINVAL");
  });

  it("P005: the attach replaces what the vPASID had, as REPLACE of iommufd does", () => {
    const host = twoSpaces();
    host.do({ kind: "attach", owner: 0, device: NIC, space: 0, pasid: 7 });
    const again = { kind: "attach", owner: 0, device: NIC, space: 1, pasid: 7 };
    host.refuses(again, "P005", "EBUSY");
    host.do({ ...again, ...only("P005") });
    assert.equal(host.read(NIC, 0, 7), "0x100005000");
    host.do({ kind: "free", owner: 0, space: 0 });
    host.do({ kind: "detach", owner: 0, device: NIC, space: 1, pasid: 7 });
    host.do({ kind: "free", owner: 0, space: 1 });
  });

  it("P005: the global number of a space outlives a replacement by the same space, and no other", () => {
    const host = twoSpaces();
    const attach = { kind: "attach", owner: 0, device: SHARED, pasid: 7, ...only("P005") };
    host.do({ ...attach, space: 0 });
    const number = host.machine.spaces.get(0)!.globalPasid;
    host.do({ ...attach, space: 0 });
    assert.equal(host.machine.spaces.get(0)!.globalUsers, 1);
    host.do({ ...attach, space: 1 });
    assert.equal(host.machine.spaces.get(0)!.globalPasid, undefined);
    assert.equal(host.machine.globalPasids.has(number!), false, "it is free again");
  });

  it("P006: a global number goes back to the pool with the last of its holders", () => {
    const host = twoSpaces();
    host.do({ kind: "attach", owner: 0, device: SHARED, space: 0, pasid: 7 });
    const number = host.machine.spaces.get(0)!.globalPasid!;
    const same = { kind: "attach", owner: 0, device: OTHER, space: 1, pasid: 9, physical: number };
    host.refuses(same, "P006", "EBUSY");
    host.do({ ...same, ...only("P006") });
    host.do({ kind: "detach", owner: 0, device: SHARED, space: 0, pasid: 7 });
    assert.equal(host.machine.globalPasids.has(number), true, "the other parent's slice still has it");
    host.do({ kind: "detach", owner: 0, device: OTHER, space: 1, pasid: 9 });
    assert.equal(host.machine.globalPasids.has(number), false);
  });

  it("P006: who lost a table entry does not take the winner's with it", () => {
    const host = twoSpaces();
    host.do({ kind: "attach", owner: 0, device: NIC, space: 0 });
    host.do({ kind: "attach", owner: 0, device: NIC, space: 1, pasid: 0, ...only("P004", "P006") });
    assert.equal(host.read(NIC, 0), "0x100005000", "slot 0 is RID_PASID: the damage");
    host.do({ kind: "detach", owner: 0, device: NIC, space: 0 });
    assert.equal(host.read(NIC, 0), "0x100005000");
    host.do({ kind: "detach", owner: 0, device: NIC, space: 1, pasid: 0 });
    assert.equal(host.read(NIC, 0), "no-pasid-entry");
  });

  it("P020: a function that a host process uses", () => {
    const host = new Host(everyCategory());
    host.do({ kind: "sva", owner: 2, device: NIC, physical: 7 });
    host.refuses({ kind: "bind", owner: 0, device: NIC }, "P020", "EBUSY");
    host.do({ kind: "bind", owner: 0, device: NIC, ...only("P020") });
    host.do({ kind: "ioasid", owner: 0, space: 0, name: "one" });
    host.refuses({ kind: "attach", owner: 0, device: NIC, space: 0, pasid: 7 }, "P006", "EBUSY");
    const outcome = host.try({ kind: "dma", device: NIC, pasid: 7, range: bytes(0x5000_0000, 1), access: 1 });
    assert.equal(outcome.findings[0]?.kind, "wrong-space", "the guest reads the process");
  });

  it("P021: an attachment of a device that was never bound moves with its owner", () => {
    const host = twoSpaces();
    host.do({ kind: "unbind", owner: 0, device: NIC });
    host.do({ kind: "attach", owner: 0, device: NIC, space: 0, ...only("P021") });
    host.do({ kind: "migrate", owner: 0, ...only("P021") });
    assert.equal(host.read(NIC, 0), "0x100000000");
  });

  it("says of a migration which rules were allowed at the destination", () => {
    const host = twoSpaces();
    const allowed = { kind: "attach", owner: 0, device: NIC, space: 0, pasid: 0, ...only("P004") };
    host.do(allowed);
    const outcome = host.do({ kind: "migrate", owner: 0, ...only("P004") });
    assert.deepEqual(
      outcome.findings.map((finding) => finding.kind === "allowed" && finding.refusal.rule),
      ["P004"],
    );
  });
});

describe("numbers that no bus carries", () => {
  it("a request with more than 20 bits of PASID never meets what requests without PASID have cached", () => {
    const host = new Host(everyCategory({}, { form: "smmuv3", format: "smmuv3", pasidTable: "guest" }));
    host.bind(0, NIC);
    host.space(0, "gpa", [NIC]);
    host.map(0, 0, 0x1000, 0x4000_0000);
    host.space(1, "cds", [NIC], { parent: 0, table: { kind: "pasid-table" } });
    assert.equal(host.read(NIC, 0), "0x100000000");
    assert.equal(host.read(NIC, 0), "0x100000000");
    assert.equal(host.read(NIC, 0, 0x10_0000), "pasid-too-big");
  });

  it("ENQCMDS with reserved bits set in its descriptor is #GP(0)", () => {
    const host = twoSpaces();
    const enqcmds = { kind: "enqcmds", owner: 0, device: SHARED, access: 1, address: at(0) };
    assert.equal(host.try({ ...enqcmds, pasid: 0x10_0000 }).kind, "gp");
    host.do({ kind: "kvm-translation", owner: 0, on: true });
    assert.equal(host.try({ ...enqcmds, pasid: 0xfffff }).kind, "vm-exit");
  });
});
