import assert from "node:assert/strict";
import type { Address } from "../../../engine/address/index.js";
import type { Program, Step } from "../../../engine/language/index.js";
import { compileText, HARDWARE, textOf, told } from "./host.js";

/*
 * Numbers in this file: devices dsa 0, wq0 1, nic 2; owners vm0 0, vm1 1, host 2; spaces gpa 0, gva 1, tab 2
 * (all of vm0), other 3 (of vm1); memories ram 0, rom 1 (of vm0), heap 2 (of host); process db 0.
 */
const OWNERS = `guest vm0 {
  memory ram at 0x4000_0000 + 1G
  memory rom at 0x1_0000_0000 + 1M
  process db { pasid 7 }
  ioasid gpa
  ioasid gva on gpa
  ioasid tab
}
guest vm1 { ioasid other }
native host { memory heap at 0x0 + 1M }
`;

/** The operations of a text, without the origins. */
function operations(steps: readonly Step[]): unknown[] {
  return steps.map((step) => {
    if (step.kind === "assertion") return step.assertion;
    const { origin: _origin, ...body } = step.operation;
    return body;
  });
}

function inScenario(text: string): Program {
  return compileText(`${HARDWARE}${OWNERS}scenario "s" {\n${text}\n}`);
}

/** The one operation of a statement in a scenario. */
function lowered(text: string): unknown {
  const program = inScenario(text);
  assert.deepEqual(told(program), []);
  const steps = operations(program.scenarios[0]?.steps ?? []);
  assert.equal(steps.length, 1);
  return steps[0];
}

/** The operations of an owner block of vm0, behind those that make its spaces. */
function inBlock(text: string, words = "guest vm0", version = "v2"): unknown[] {
  const program = compileText(
    `uapi ${version} { }\n${HARDWARE}${words} {\n  memory ram at 0x4000_0000 + 1G\n${text}\n}`,
  );
  assert.deepEqual(told(program), []);
  return operations(program.start);
}

function at(value: number): Address {
  return { page: Math.floor(value / 4096), offset: value % 4096 };
}

function range(first: number, last: number): { start: Address; last: Address } {
  return { start: at(first), last: at(last) };
}

const RW = 3;

describe("a statement about a space becomes one operation", () => {
  it("ioasid", () => {
    assert.deepEqual(inBlock("ioasid a"), [{ kind: "ioasid", owner: 0, space: 0, name: "a" }]);
    assert.deepEqual(lowered("ioasid new on gpa"), {
      kind: "ioasid",
      owner: 0,
      space: 4,
      name: "new",
      parent: 0,
    });
    assert.deepEqual(lowered("ioasid vm1.new"), { kind: "ioasid", owner: 1, space: 4, name: "new" });
    assert.deepEqual(lowered("ioasid new on gpa page-table at 0x2000 format vtd"), {
      kind: "ioasid",
      owner: 0,
      space: 4,
      name: "new",
      parent: 0,
      table: { kind: "page-table", at: at(0x2000), format: "vtd" },
    });
    assert.deepEqual(lowered("ioasid new on gpa pasid-table"), {
      kind: "ioasid",
      owner: 0,
      space: 4,
      name: "new",
      parent: 0,
      table: { kind: "pasid-table" },
    });
  });

  it("the same in both versions: the machine refuses what one of them does not have", () => {
    const text = "ioasid a  ioasid b on a page-table  bind-pgtable b";
    assert.deepEqual(inBlock(text, "guest vm0", "v1"), inBlock(text, "guest vm0", "v2"));
  });

  it("free", () => {
    assert.deepEqual(lowered("free gva"), { kind: "free", owner: 0, space: 1 });
    assert.deepEqual(lowered("free other"), { kind: "free", owner: 1, space: 3 });
  });

  it("bind-pgtable, bind-pasid-table and their opposites", () => {
    assert.deepEqual(lowered("bind-pgtable gva"), {
      kind: "bind-table",
      owner: 0,
      space: 1,
      table: { kind: "page-table" },
    });
    assert.deepEqual(lowered("bind-pasid-table tab at 4K format arm-smmuv3"), {
      kind: "bind-table",
      owner: 0,
      space: 2,
      table: { kind: "pasid-table", at: at(4096), format: "arm-smmuv3" },
    });
    assert.deepEqual(lowered("unbind-pgtable gva"), {
      kind: "unbind-table",
      owner: 0,
      space: 1,
      table: "page-table",
    });
    assert.deepEqual(lowered("unbind-pasid-table tab"), {
      kind: "unbind-table",
      owner: 0,
      space: 2,
      table: "pasid-table",
    });
  });

  it("map, to a memory or to a number", () => {
    const map = { kind: "map", owner: 0, space: 0, range: range(0x1000, 0x1fff) };
    const ram = { kind: "memory", memory: 0, offset: at(0) };
    assert.deepEqual(lowered("map gpa 0x1000 + 4K -> ram"), { ...map, target: ram, access: RW });
    assert.deepEqual(lowered("map gpa 0x1000..0x1fff -> ram r"), { ...map, target: ram, access: 1 });
    assert.deepEqual(lowered("map gpa 0x1000 + 4K -> ram[0x3000] rwx"), {
      ...map,
      target: { ...ram, offset: at(0x3000) },
      access: 7,
    });
    assert.deepEqual(lowered("map gpa 0x1000 + 4K -> ram[0x3000 + 8K] w"), {
      ...map,
      target: { ...ram, offset: at(0x3000), length: at(0x2000) },
      access: 2,
    });
    assert.deepEqual(lowered("map gpa 0x1000 + 4K -> ram[0x3000..0x3fff] rx"), {
      ...map,
      target: { ...ram, offset: at(0x3000), length: at(0x1000) },
      access: 5,
    });
    assert.deepEqual(lowered("map gpa 0x1000 + 4K -> 0x4000_0000"), {
      ...map,
      target: { kind: "address", address: at(0x4000_0000) },
      access: RW,
    });
  });

  it("unmap and invalidate", () => {
    assert.deepEqual(lowered("unmap gpa 0x1000 + 4K"), {
      kind: "unmap",
      owner: 0,
      space: 0,
      range: range(0x1000, 0x1fff),
    });
    assert.deepEqual(lowered("invalidate gva"), { kind: "invalidate", owner: 0, space: 1 });
    assert.deepEqual(lowered("invalidate gva 0x1000 + 4K"), {
      kind: "invalidate",
      owner: 0,
      space: 1,
      range: range(0x1000, 0x1fff),
    });
  });

  it("pte and entry, written and cleared", () => {
    const pte = { kind: "pte", owner: 0, space: 1, range: range(0x1000, 0x1fff), access: RW };
    const target = { kind: "address", address: at(0x2000) };
    assert.deepEqual(lowered("pte gva 0x1000 + 4K -> 0x2000"), { ...pte, target });
    assert.deepEqual(lowered("pte gva 0x1000 + 4K none"), { ...pte, target: undefined });
    assert.deepEqual(lowered("entry tab 7 -> gva"), {
      kind: "entry",
      owner: 0,
      table: 2,
      pasid: 7,
      space: 1,
    });
    assert.deepEqual(lowered("entry tab 7 none"), {
      kind: "entry",
      owner: 0,
      table: 2,
      pasid: 7,
      space: undefined,
    });
  });

  it("register: without a length, what is left of the memory", () => {
    const register = { kind: "register", owner: 0, memory: 0 };
    assert.deepEqual(lowered("register ram"), { ...register, offset: at(0), length: at(2 ** 30) });
    assert.deepEqual(lowered("register ram[0x1000]"), {
      ...register,
      offset: at(0x1000),
      length: at(2 ** 30 - 0x1000),
    });
    assert.deepEqual(lowered("unregister ram[0x1000 + 4K]"), {
      ...register,
      kind: "unregister",
      offset: at(0x1000),
      length: at(0x1000),
    });
    assert.deepEqual(lowered("register heap"), {
      kind: "register",
      owner: 2,
      memory: 2,
      offset: at(0),
      length: at(2 ** 20),
    });
  });

  it("info of a space", () => {
    assert.deepEqual(lowered("info gva"), { kind: "info-space", owner: 0, space: 1 });
  });
});

describe("a statement about a device becomes one operation", () => {
  it("bind and unbind", () => {
    assert.deepEqual(lowered("bind nic to vm1"), { kind: "bind", owner: 1, device: 2 });
    assert.deepEqual(inBlock("bind nic  unbind nic"), [
      { kind: "bind", owner: 0, device: 2 },
      { kind: "unbind", owner: 0, device: 2 },
    ]);
  });

  it("unbind in a scenario is made by the owner that the device was bound to", () => {
    const program = inScenario("bind nic to vm1\nunbind nic");
    assert.deepEqual(operations(program.scenarios[0]?.steps ?? []), [
      { kind: "bind", owner: 1, device: 2 },
      { kind: "unbind", owner: 1, device: 2 },
    ]);
  });

  it("attach and detach", () => {
    const attach = { kind: "attach", owner: 0, device: 2, space: 0 };
    assert.deepEqual(lowered("attach nic -> gpa"), attach);
    assert.deepEqual(lowered("attach nic pasid 0x1_0000 -> gpa"), { ...attach, pasid: 0x1_0000 });
    assert.deepEqual(lowered("attach nic pasid 7 as 9 -> gpa"), { ...attach, pasid: 7, physical: 9 });
    assert.deepEqual(lowered("detach nic from gpa"), { ...attach, kind: "detach" });
    assert.deepEqual(lowered("detach nic pasid 7 from gpa"), { ...attach, kind: "detach", pasid: 7 });
  });

  it("attach to the space of another owner is made by the owner of the block, so that P026 shows", () => {
    const program = compileText(`${HARDWARE}${OWNERS}guest vm2 { attach nic -> vm0.gpa }`);
    assert.deepEqual(operations(program.start).at(-1), { kind: "attach", owner: 3, device: 2, space: 0 });
  });

  it("sva in a native owner", () => {
    assert.deepEqual(inBlock("sva dsa  sva nic as 5", "native host"), [
      { kind: "sva", owner: 0, device: 0 },
      { kind: "sva", owner: 0, device: 2, physical: 5 },
    ]);
  });

  it("info of a device", () => {
    assert.deepEqual(lowered("info nic"), { kind: "info-device", device: 2 });
  });

  it("dma: a single address is a range of one byte", () => {
    const dma = { kind: "dma", device: 2, range: range(0x1000, 0x1000), access: 1, priv: false };
    assert.deepEqual(lowered("dma nic read 0x1000"), dma);
    assert.deepEqual(lowered("dma nic pasid 7 write 0x1000"), { ...dma, pasid: 7, access: 2 });
    assert.deepEqual(lowered("dma nic exec 0x1000 + 8K priv"), {
      ...dma,
      range: range(0x1000, 0x2fff),
      access: 4,
      priv: true,
    });
  });

  it("enqcmd, enqcmds and set-pasid", () => {
    const address = at(0x1000);
    assert.deepEqual(lowered("enqcmd db to wq0 write 0x1000"), {
      kind: "enqcmd",
      process: 0,
      device: 1,
      access: 2,
      address,
    });
    assert.deepEqual(lowered("enqcmds vm0 pasid 7 to wq0 read 0x1000"), {
      kind: "enqcmds",
      owner: 0,
      pasid: 7,
      device: 1,
      access: 1,
      address,
    });
    assert.deepEqual(lowered("set-pasid db 9"), { kind: "set-pasid", process: 0, pasid: 9 });
    assert.deepEqual(lowered("set-pasid db none"), { kind: "set-pasid", process: 0, pasid: undefined });
  });

  it("respond", () => {
    const respond = { kind: "respond", owner: 0, space: 1, address: at(0x1000), success: true };
    assert.deepEqual(lowered("respond gva 0x1000 success"), respond);
    assert.deepEqual(lowered("respond gva 0x1000 invalid for nic pasid 7"), {
      ...respond,
      success: false,
      device: 2,
      pasid: 7,
    });
  });

  it("migrate", () => {
    assert.deepEqual(lowered("migrate vm0"), { kind: "migrate", owner: 0 });
  });
});

describe("a statement about KVM becomes one operation", () => {
  it("kvm map: by the stated owner, else by that of the space", () => {
    assert.deepEqual(lowered("kvm map vm1 pasid 7 -> gva"), {
      kind: "kvm-map",
      owner: 1,
      pasid: 7,
      space: 1,
    });
    assert.deepEqual(lowered("kvm map pasid 7 -> gva"), { kind: "kvm-map", owner: 0, pasid: 7, space: 1 });
  });

  it("kvm unmap and kvm translation: by the stated owner, else by the only guest", () => {
    assert.deepEqual(lowered("kvm unmap vm1 pasid 7"), { kind: "kvm-unmap", owner: 1, pasid: 7 });
    assert.deepEqual(lowered("kvm translation vm0 off"), { kind: "kvm-translation", owner: 0, on: false });
    const alone = compileText(
      `guest vm0 { }\nnative host { }\nscenario "s" { kvm unmap pasid 7  kvm translation on }`,
    );
    assert.deepEqual(operations(alone.scenarios[0]?.steps ?? []), [
      { kind: "kvm-unmap", owner: 0, pasid: 7 },
      { kind: "kvm-translation", owner: 0, on: true },
    ]);
    assert.deepEqual(told(inScenario("kvm unmap pasid 7")), [`S055 "kvm unmap pasid 7"`]);
  });
});

describe("the body of a statement", () => {
  const text = `ioasid gva on gpa page-table { pte 0x1000 + 4K -> 0x2000  map 0x2000 + 4K -> ram }`;
  const program = compileText(`${HARDWARE}guest vm0 {\n memory ram at 0x0 + 1G\n ioasid gpa\n ${text}\n}`);

  it("is the same as its lines written after it", () => {
    const apart = compileText(
      `${HARDWARE}guest vm0 { memory ram at 0x0 + 1G  ioasid gpa  ioasid gva on gpa page-table pte gva 0x1000 + 4K -> 0x2000 map gva 0x2000 + 4K -> ram }`,
    );
    assert.deepEqual(operations(program.start), operations(apart.start));
  });

  it("gives each line a place of its own, and the statement its head", () => {
    assert.deepEqual(
      program.start.map(({ span }) => textOf(program, span)),
      ["ioasid gpa", "ioasid gva on gpa page-table", "pte 0x1000 + 4K -> 0x2000", "map 0x2000 + 4K -> ram"],
    );
  });

  it("of bind-pgtable and bind-pasid-table as well", () => {
    assert.deepEqual(
      inBlock("ioasid a  ioasid b on a  bind-pgtable b { pte 0x1000 + 4K none }", "guest vm0", "v1").at(-1),
      {
        kind: "pte",
        owner: 0,
        space: 1,
        range: range(0x1000, 0x1fff),
        target: undefined,
        access: RW,
      },
    );
    assert.deepEqual(
      inBlock("ioasid a  ioasid b on a  bind-pasid-table b { entry 7 -> a }", "guest vm0", "v1").at(-1),
      {
        kind: "entry",
        owner: 0,
        table: 1,
        pasid: 7,
        space: 0,
      },
    );
  });
});

describe("an assertion becomes a step", () => {
  it("about isolation, of devices, vPASIDs and owners", () => {
    const nic = { kind: "device", device: 2 };
    const any = { kind: "any", device: 2 };
    assert.deepEqual(lowered("assert isolated nic, vm0"), {
      kind: "isolated",
      a: nic,
      b: { kind: "owner", owner: 0 },
    });
    assert.deepEqual(lowered("assert isolated nic pasid any, wq0 pasid 7"), {
      kind: "isolated",
      a: any,
      b: { kind: "pasid", device: 1, pasid: 7 },
    });
  });

  it("about reach: all of a memory, a part of it, or the byte at an offset", () => {
    const reaches = {
      kind: "reaches",
      from: { kind: "device", device: 2 },
      memory: 0,
      offset: at(0),
      access: RW,
    };
    assert.deepEqual(lowered("assert reaches nic -> ram"), { ...reaches, length: at(2 ** 30) });
    assert.deepEqual(lowered("assert reaches nic -> ram[0x1000 + 4K] r"), {
      ...reaches,
      offset: at(0x1000),
      length: at(0x1000),
      access: 1,
    });
    assert.deepEqual(lowered("assert reaches nic -> ram[0x1000]"), {
      ...reaches,
      offset: at(0x1000),
      length: at(1),
    });
  });

  it("about numbers, `none` being no number", () => {
    const ppasid = { kind: "ppasid", device: 1, pasid: undefined };
    assert.deepEqual(lowered("assert ppasid wq0 == 1"), { ...ppasid, physical: 1 });
    assert.deepEqual(lowered("assert ppasid wq0 pasid 7 == none"), {
      ...ppasid,
      pasid: 7,
      physical: undefined,
    });
    assert.deepEqual(lowered("assert kvm vm0 pasid 7 == 2"), {
      kind: "kvm",
      owner: 0,
      pasid: 7,
      physical: 2,
    });
    assert.deepEqual(lowered("assert kvm vm0 pasid 7 == none"), {
      kind: "kvm",
      owner: 0,
      pasid: 7,
      physical: undefined,
    });
  });

  it("about the capability that is reported", () => {
    const reports = {
      kind: "reports",
      device: 1,
      pasid: false,
      delegated: false,
      cpu: false,
      cpuVirtual: false,
    };
    assert.deepEqual(lowered("assert reports wq0 none"), reports);
    assert.deepEqual(lowered("assert reports wq0 pasid cpu cpu-virt"), {
      ...reports,
      pasid: true,
      cpu: true,
      cpuVirtual: true,
    });
    assert.deepEqual(lowered("assert reports wq0 pasid delegated"), {
      ...reports,
      pasid: true,
      delegated: true,
    });
  });
});

describe("a stated outcome", () => {
  const stated = (text: string): unknown => {
    const program = inScenario(`dma nic read 0x1000 => ${text}`);
    assert.deepEqual(told(program), []);
    const { outcome, wire } = program.scenarios[0]?.steps[0]?.expectation ?? {};
    return wire === undefined ? outcome : { outcome, wire };
  };

  it("is one of the words", () => {
    assert.deepEqual(stated("ok"), { kind: "ok" });
    assert.deepEqual(stated("page-request"), { kind: "page-request" });
    assert.deepEqual(stated("#gp"), { kind: "gp" });
    assert.deepEqual(stated("refused"), { kind: "refused" });
    assert.deepEqual(stated("EBUSY"), { kind: "errno", errno: "EBUSY" });
    assert.deepEqual(stated("vm-exit"), { kind: "vm-exit", reason: undefined });
    assert.deepEqual(stated("vm-exit 73"), { kind: "vm-exit", reason: 73 });
  });

  it("is a fault, by name, by code, or any", () => {
    assert.deepEqual(stated("fault"), { kind: "fault", name: undefined, code: undefined });
    assert.deepEqual(stated("fault no-pasid-entry"), {
      kind: "fault",
      name: "no-pasid-entry",
      code: undefined,
    });
    assert.deepEqual(stated("fault 0x59"), { kind: "fault", name: undefined, code: 0x59 });
  });

  it("is a place, in a memory or by its host-physical address", () => {
    const ram = { kind: "memory", memory: 0, offset: at(0), length: undefined };
    assert.deepEqual(stated("ram"), ram);
    assert.deepEqual(stated("ram[0x1000]"), { ...ram, offset: at(0x1000) });
    assert.deepEqual(stated("ram[0x1000 + 4K]"), { ...ram, offset: at(0x1000), length: at(0x1000) });
    assert.deepEqual(stated("0x1_0000_1000"), { kind: "physical", address: at(0x1_0000_1000) });
  });

  it("may have the PASID on the wire", () => {
    assert.deepEqual(stated("ram wire 7"), {
      outcome: { kind: "memory", memory: 0, offset: at(0), length: undefined },
      wire: 7,
    });
    assert.deepEqual(stated("fault wire none"), {
      outcome: { kind: "fault", name: undefined, code: undefined },
      wire: "none",
    });
  });

  it("belongs to the step, but not to the place that other statements show", () => {
    const program = inScenario("dma nic read 0x1000   => ok");
    const step = program.scenarios[0]!.steps[0]!;
    assert.equal(textOf(program, step.span), "dma nic read 0x1000   => ok");
    assert.equal(textOf(program, program.origins[step.origin]!), "dma nic read 0x1000");
    assert.equal(textOf(program, step.expectation!.span), "=> ok");
  });
});

describe("what is only half there", () => {
  it("gives no step", () => {
    for (const text of [
      "attach nic ->",
      "map gpa 0x1000 -> ram",
      "dma nic",
      "kvm map pasid -> gva",
      "entry tab",
      "pte gva",
    ]) {
      assert.deepEqual(inScenario(text).scenarios[0]?.steps, [], text);
    }
  });

  it("behind `=>`: a request is not run, since nobody knows what it should give", () => {
    assert.deepEqual(inScenario("dma nic read 0x1000 => rom[1G]").scenarios[0]?.steps, []);
    assert.equal(inScenario("attach nic -> gpa => rom[1G]").scenarios[0]?.steps.length, 1);
  });
});
