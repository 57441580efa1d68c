import assert from "node:assert/strict";
import type { Expectation } from "../../../engine/language/index.js";
import { matches } from "../../../engine/language/run/match.js";
import type { FaultName, Operation, Outcome, Platform, Refusal } from "../../../engine/simulator/index.js";
import { compileText } from "../lowering/host.js";

const { platform }: { platform: Platform } = compileText(
  "guest vm0 { memory ram at 0x0 + 1M  memory rom at 0x100_0000 + 1M }",
);

const page = (number: number) => ({ page: number, offset: 0 });
const NOWHERE = { file: "f", start: 0, end: 0 };
const dma: Operation = {
  origin: 0,
  kind: "dma",
  device: 0,
  range: { start: page(0), last: { page: 1, offset: 4095 } },
  access: 1,
  priv: false,
};
const enqcmd: Operation = { origin: 0, kind: "enqcmd", process: 0, device: 0, access: 1, address: page(0) };
const respond = (success: boolean): Operation => ({
  origin: 0,
  kind: "respond",
  owner: 0,
  space: 0,
  address: page(0),
  success,
});

const wire = (pasid: number | undefined) => ({ rid: 0, pasid });
const reached = (pasid?: number): Outcome => ({
  kind: "reached",
  findings: [],
  wire: wire(pasid),
  physical: page(0x10_0001),
  memory: 0,
  space: "gpa",
  hit: false,
  contiguous: true,
});
const faulted = (name: FaultName, code: number | undefined): Outcome => ({
  kind: "fault",
  findings: [],
  wire: wire(7),
  fault: { name, code, text: "nothing is there", stage: "second", address: page(1) },
});
const refusal = (rule: Refusal["rule"], errno: Refusal["errno"]): Refusal =>
  ({ rule, errno, arguments: {}, related: [] }) as unknown as Refusal;

function met(
  wanted: Expectation["outcome"],
  outcome: Outcome,
  operation = dma,
  on?: number | "none",
): boolean {
  return matches(platform, operation, { span: NOWHERE, outcome: wanted, wire: on }, outcome);
}

describe("a stated memory", () => {
  const ram = { kind: "memory", memory: 0, offset: page(1), length: undefined } as const;

  it("is met by its own host-physical address alone", () => {
    assert.equal(met(ram, reached()), true);
    assert.equal(met({ ...ram, offset: page(2) }, reached()), false);
    assert.equal(met({ ...ram, memory: 1 }, reached()), false);
    assert.equal(met(ram, { ...reached(), memory: undefined } as Outcome), false);
    assert.equal(met(ram, { kind: "ok", findings: [] }), false);
  });

  it("with a length is met by a request of that length, in one piece", () => {
    assert.equal(met({ ...ram, length: page(2) }, reached()), true);
    assert.equal(met({ ...ram, length: page(1) }, reached()), false);
    assert.equal(met({ ...ram, length: page(2) }, { ...reached(), contiguous: false } as Outcome), false);
    assert.equal(met({ ...ram, length: page(2) }, reached(), enqcmd), false);
    assert.equal(met({ ...ram, length: page(2) }, reached(), respond(true)), true);
  });

  it("may be a bare host-physical address", () => {
    assert.equal(met({ kind: "physical", address: page(0x10_0001) }, reached()), true);
    assert.equal(met({ kind: "physical", address: page(0x10_0002) }, reached()), false);
  });
});

describe("a stated fault", () => {
  const named = (name: FaultName) => ({ kind: "fault", name, code: undefined }) as const;

  it("is met by its name, and by every hardware code that the name stands for", () => {
    assert.equal(met(named("no-pasid-entry"), faulted("no-pasid-entry", 0x51)), true);
    assert.equal(met(named("not-mapped"), faulted("not-mapped", 0x79)), true);
    assert.equal(met(named("not-mapped"), faulted("table-not-mapped", 0x79)), true);
    assert.equal(met(named("no-pasid-entry"), faulted("not-mapped", 0x71)), false);
    assert.equal(met(named("not-canonical"), faulted("beyond-width", 0x83)), false);
    assert.equal(met(named("vpasid-not-registered"), faulted("not-mapped", undefined)), false);
  });

  it("of a missing page covers 0x79, which the second stage also raises for a missing right", () => {
    assert.equal(met(named("not-mapped"), faulted("no-access", 0x79)), true);
    assert.equal(met(named("no-access"), faulted("not-mapped", 0x79)), false);
  });

  it("by code is exact", () => {
    assert.equal(met({ kind: "fault", name: undefined, code: 0x59 }, faulted("no-pasid-entry", 0x59)), true);
    assert.equal(met({ kind: "fault", name: undefined, code: 0x51 }, faulted("no-pasid-entry", 0x59)), false);
  });

  it("without name and code is any, and only a fault", () => {
    assert.equal(met({ kind: "fault", name: undefined, code: undefined }, faulted("no-execute", 0x82)), true);
    assert.equal(met({ kind: "fault", name: undefined, code: undefined }, reached()), false);
  });
});

describe("a stated errno", () => {
  const errno = { kind: "errno", errno: "EBUSY" } as const;

  it("is met by the answer of a call", () => {
    assert.equal(met(errno, { kind: "refused", findings: [], refusal: refusal("P016", "EBUSY") }), true);
    assert.equal(met(errno, { kind: "refused", findings: [], refusal: refusal("P016", "EINVAL") }), false);
    assert.equal(met(errno, reached()), false);
  });

  it("is not met by what no call answers", () => {
    const exit: Outcome = {
      kind: "vm-exit",
      findings: [],
      reason: 72,
      pasid: 7,
      refusal: refusal("P010", "EBUSY"),
    };
    assert.equal(met(errno, exit, enqcmd), false);
    const portal: Outcome = {
      kind: "portal-refused",
      findings: [],
      text: "no",
      refusal: refusal("P010", "EBUSY"),
    };
    assert.equal(met(errno, portal, enqcmd), false);
  });

  it("and `refused` are both met by ENQCMD to a category-4 device (P029)", () => {
    const notSupported = { kind: "errno", errno: "EOPNOTSUPP" } as const;
    for (const outcome of [
      { kind: "refused", findings: [], refusal: refusal("P029", "EOPNOTSUPP") },
      { kind: "portal-refused", findings: [], text: "no", refusal: refusal("P029", "EOPNOTSUPP") },
    ] as const) {
      assert.equal(met(notSupported, outcome, enqcmd), true);
      assert.equal(met({ kind: "refused" }, outcome, enqcmd), true);
    }
    assert.equal(
      met({ kind: "refused" }, { kind: "refused", findings: [], refusal: refusal("P016", "EBUSY") }),
      false,
    );
    assert.equal(
      met({ kind: "refused" }, { kind: "portal-refused", findings: [], text: "no" }, enqcmd),
      true,
    );
  });
});

describe("the other stated outcomes", () => {
  it("are met by their own kind", () => {
    const exit = (reason: 72 | 73): Outcome => ({ kind: "vm-exit", findings: [], reason, pasid: 7 });
    assert.equal(met({ kind: "vm-exit", reason: undefined }, exit(73), enqcmd), true);
    assert.equal(met({ kind: "vm-exit", reason: 72 }, exit(73), enqcmd), false);
    assert.equal(met({ kind: "gp" }, { kind: "gp", findings: [], text: "no PASID" }, enqcmd), true);
    assert.equal(met({ kind: "gp" }, exit(72), enqcmd), false);
    const asked: Outcome = {
      ...(faulted("not-mapped", 0x71) as Extract<Outcome, { kind: "fault" }>),
      kind: "page-request",
    };
    assert.equal(met({ kind: "page-request" }, asked), true);
    assert.equal(met({ kind: "fault", name: undefined, code: undefined }, asked), false);
    assert.equal(met({ kind: "ok" }, reached()), true);
    assert.equal(met({ kind: "ok" }, faulted("not-mapped", 0x71)), false);
  });
});

describe("a stated wire", () => {
  it("is met by the PASID of the request, and `none` also where nothing went out", () => {
    assert.equal(met({ kind: "ok" }, reached(7), dma, 7), true);
    assert.equal(met({ kind: "ok" }, reached(7), dma, 8), false);
    assert.equal(met({ kind: "ok" }, reached(7), dma, "none"), false);
    assert.equal(met({ kind: "ok" }, reached(), dma, "none"), true);
    assert.equal(
      met({ kind: "fault", name: undefined, code: undefined }, faulted("not-mapped", 0x71), dma, 7),
      true,
    );
    assert.equal(met({ kind: "gp" }, { kind: "gp", findings: [], text: "no" }, enqcmd, "none"), true);
    assert.equal(met({ kind: "gp" }, { kind: "gp", findings: [], text: "no" }, enqcmd, 7), false);
  });
});

describe("a page response", () => {
  const responded = (...resumed: Outcome[]): Outcome => ({ kind: "responded", findings: [], resumed });

  it("succeeds when every resumed request arrives, and always when it says `invalid`", () => {
    const plain = (operation: Operation, outcome: Outcome): boolean =>
      matches(platform, operation, undefined, outcome);
    assert.equal(plain(respond(true), responded(reached(), reached())), true);
    assert.equal(plain(respond(true), responded(reached(), faulted("not-mapped", 0x71))), false);
    assert.equal(plain(respond(false), responded(faulted("not-mapped", 0x71))), true);
    assert.equal(met({ kind: "ok" }, responded(faulted("not-mapped", 0x71)), respond(false)), true);
  });

  it("meets a stated outcome when every resumed request does", () => {
    const fault = { kind: "fault", name: "not-mapped", code: undefined } as const;
    assert.equal(
      met(fault, responded(faulted("not-mapped", 0x71), faulted("not-mapped", 0x71)), respond(false)),
      true,
    );
    assert.equal(met(fault, responded(faulted("not-mapped", 0x71), reached()), respond(true)), false);
    assert.equal(met(fault, responded(), respond(true)), false);
  });
});
