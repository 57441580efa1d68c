import assert from "node:assert/strict";
import { fromBytes } from "../../engine/address/index.js";
import { type Expectation, outcomeText } from "../../engine/language/index.js";
import { explainFinding, explainOutcome } from "../../engine/report/explain.js";
import type { Fault, Outcome } from "../../engine/simulator/index.js";
import { platform } from "./host.js";

const one = platform({ guests: ["vm0"] });
const two = platform();
const RAM = 4 * 2 ** 30;
const findings = [] as const;

const reached: Outcome = {
  kind: "reached",
  findings,
  wire: { rid: 0x6a08, pasid: 2 },
  physical: fromBytes(RAM + 0x20_1000),
  memory: 0,
  space: "gva",
  hit: false,
  contiguous: true,
};

const notPresent: Fault = {
  name: "no-pasid-entry",
  code: 0x59,
  text: "no PASID table entry is present",
  stage: "pasid-table",
  address: fromBytes(0x2000),
};

describe("what came of a step", () => {
  it("is the memory that a DMA reached, with the PASID on the wire", () => {
    assert.equal(outcomeText(one, reached), "ram[0x20_1000] wire 2");
    assert.equal(
      explainOutcome(one, reached),
      "host-physical 0x100201000 = vm0.ram[0x201000], wire 6a:01.0 PASID 2, IOTLB miss",
    );
  });

  it("names the guest where two have a memory of that name", () => {
    assert.equal(outcomeText(two, reached), "vm0.ram[0x20_1000] wire 2");
  });

  it("is the bare address where no declared memory lies", () => {
    const outside: Outcome = { ...reached, memory: undefined, physical: fromBytes(0xfee0_0000), hit: true };
    assert.equal(outcomeText(one, outside), "0xfee0_0000 wire 2");
    assert.equal(
      explainOutcome(one, outside),
      "host-physical 0xfee00000 = no declared memory, wire 6a:01.0 PASID 2, IOTLB hit",
    );
  });

  it("says that no PASID was on the wire only where the file states a wire", () => {
    const untagged: Outcome = { ...reached, wire: { rid: 0x3b00, pasid: undefined } };
    const stated: Expectation = { span: { file: "", start: 0, end: 0 }, outcome: { kind: "ok" }, wire: 7 };
    assert.equal(outcomeText(one, untagged), "ram[0x20_1000]");
    assert.equal(outcomeText(one, untagged, stated), "ram[0x20_1000] wire none");
  });

  it("knows no wire and no IOTLB where software moved the data", () => {
    const software: Outcome = { ...reached, wire: { rid: undefined, pasid: undefined } };
    assert.equal(
      explainOutcome(one, software),
      "host-physical 0x100201000 = vm0.ram[0x201000], by software, nothing on the wire",
    );
  });

  it("is a fault by its name, with the code and the words of the hardware", () => {
    const fault: Outcome = { kind: "fault", findings, wire: { rid: 0x3b00, pasid: 9 }, fault: notPresent };
    assert.equal(outcomeText(one, fault), "fault no-pasid-entry wire 9");
    assert.equal(
      explainOutcome(one, fault, fromBytes(0x2000)),
      "VT-d 0x59, pasid-table stage: no PASID table entry is present, wire 3b:00.0 PASID 9",
    );
  });

  it("says where in the parent's space a fault arose, when that is not the address of the request", () => {
    const fault = {
      ...notPresent,
      name: "not-mapped",
      code: 0x79,
      text: "nothing is mapped",
      stage: "second",
    } as const;
    const outcome: Outcome = { kind: "fault", findings, wire: { rid: 0x3b00, pasid: undefined }, fault };
    assert.equal(
      explainOutcome(one, outcome, fromBytes(0x7000)),
      "VT-d 0x79, second stage at 0x2000: nothing is mapped, wire 3b:00.0 no PASID",
    );
  });

  it("says that a range came to several places", () => {
    assert.match(
      explainOutcome(one, { ...reached, contiguous: false }),
      /PASID 2, its pages lie apart, IOTLB miss$/,
    );
  });

  it("has no code where a device refused the work", () => {
    const fault: Fault = {
      ...notPresent,
      name: "vpasid-not-registered",
      code: undefined,
      text: "The driver has no entry for vPASID 9.",
      stage: "device",
    };
    const outcome: Outcome = { kind: "fault", findings, wire: { rid: undefined, pasid: undefined }, fault };
    assert.equal(outcomeText(one, outcome), "fault vpasid-not-registered");
    assert.equal(explainOutcome(one, outcome), "The driver has no entry for vPASID 9, nothing on the wire");
  });

  it("is a page request that waits", () => {
    const pending: Outcome = {
      kind: "page-request",
      findings,
      wire: { rid: 0x3b00, pasid: 7 },
      fault: notPresent,
    };
    assert.equal(outcomeText(one, pending), "page-request wire 7");
    assert.match(explainOutcome(one, pending), /0x2000 until a page response/);
  });

  it("is the exit, the exception or the refusal that the guest sees", () => {
    assert.equal(outcomeText(one, { kind: "vm-exit", findings, reason: 72, pasid: 7 }), "vm-exit 72");
    assert.equal(outcomeText(one, { kind: "gp", findings, text: "IA32_PASID is not valid." }), "#gp");
    assert.equal(outcomeText(one, { kind: "portal-refused", findings, text: "No queue." }), "refused");
  });

  it("is one word for all requests that a page response resumed, or each in its order", () => {
    const untagged: Outcome = { ...reached, wire: { rid: 0x3b00, pasid: 7 } };
    assert.equal(outcomeText(one, { kind: "responded", findings, resumed: [] }), "ok");
    assert.equal(
      outcomeText(one, { kind: "responded", findings, resumed: [untagged, untagged] }),
      "ram[0x20_1000] wire 7",
    );
    assert.equal(
      outcomeText(one, { kind: "responded", findings, resumed: [untagged, reached] }),
      "ram[0x20_1000] wire 7, ram[0x20_1000] wire 2",
    );
  });
});

describe("what a call gave back", () => {
  const explained = (result: Extract<Outcome, { kind: "ok" }>["result"] & {}) =>
    explainOutcome(one, { kind: "ok", findings, result });

  it("is the pPASID of an attach and its routing", () => {
    const attachment = {
      kind: "attachment",
      rid: 0x6a08,
      pasid: 7,
      physical: 2,
      namespace: "global",
    } as const;
    assert.equal(explained(attachment), "pPASID 2 · global · RID 6a:01.0");
    assert.equal(explained({ ...attachment, namespace: "rid" }), "pPASID 2 · per RID · RID 6a:01.0");
    assert.equal(
      explained({ ...attachment, physical: undefined, namespace: "none" }),
      "no PASID · RID 6a:01.0",
    );
    assert.equal(
      explained({ ...attachment, namespace: "software" }),
      "software access, nothing in the IOMMU",
    );
  });

  it("is the slot that KVM wrote, or that it held already", () => {
    assert.equal(
      explained({ kind: "kvm-slot", pasid: 7, physical: 2, already: false }),
      "VMX slot 7 holds pPASID 2",
    );
    assert.equal(
      explained({ kind: "kvm-slot", pasid: 7, physical: 2, already: true }),
      "VMX slot 7 holds pPASID 2 already",
    );
  });

  it("is the number of bytes that an unmap took away", () => {
    assert.equal(explained({ kind: "unmapped", bytes: fromBytes(0x20_0000) }), "2M unmapped");
  });
});

describe("what was seen beside an outcome", () => {
  const seen = { device: "vf0", pasid: 7, origin: undefined } as const;

  it("is a space that its owner did not register", () => {
    const wrong = { kind: "wrong-space", ...seen, reached: "vm0.other", registered: "vm0.heap" } as const;
    assert.equal(
      explainFinding(wrong),
      "isolation violated: this is the space vm0.other, but registered is vm0.heap for vf0 pasid 7",
    );
    assert.equal(
      explainFinding({ ...wrong, registered: undefined, pasid: undefined }),
      "isolation violated: this is the space vm0.other, but none is registered for vf0",
    );
  });

  it("is a translation that only the IOTLB still has, or an entry that only the PASID cache has", () => {
    const stale = { kind: "stale-entry", ...seen, changed: undefined, space: "vm0.gva" } as const;
    assert.equal(
      explainFinding({ ...stale, table: undefined }),
      "stale: the tables no longer give vf0 pasid 7 this translation of vm0.gva",
    );
    assert.equal(
      explainFinding({ ...stale, table: "vm0.cds" }),
      "stale: vm0.cds no longer leads vf0 pasid 7 to vm0.gva",
    );
  });

  it("is a rule that was allowed, or that only informs", () => {
    const refusal = { rule: "P029", errno: "EOPNOTSUPP", arguments: { device: "vf0" }, related: [] } as const;
    assert.match(explainFinding({ kind: "allowed", refusal }), /^P029 .* allowed/);
    assert.match(explainFinding({ kind: "note", refusal }), /^P029/);
  });
});
