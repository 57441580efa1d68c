import assert from "node:assert/strict";
import { compile } from "../../../engine/language/index.js";
import type { Device, Iommu, Platform } from "../../../engine/simulator/index.js";
import { compileText, told } from "./host.js";

function platformOf(text: string): Platform {
  const program = compileText(text);
  assert.deepEqual(told(program), []);
  return program.platform;
}

/** A device without what every other test is about. */
function deviceOf(platform: Platform, name: string): Omit<Device, "origin"> | undefined {
  const found = platform.devices.find((device) => device.name === name);
  if (!found) return undefined;
  const { origin: _origin, ...rest } = found;
  return rest;
}

describe("the kernel and the CPU of a file", () => {
  it("are v2 with precise pools and maps by IOASID, and a CPU without ENQCMD, when nothing is said", () => {
    const { uapi, pasidPolicy, kvmMap, cpu } = platformOf("");
    assert.deepEqual({ uapi, pasidPolicy, kvmMap }, { uapi: "v2", pasidPolicy: "precise", kvmMap: "ioasid" });
    assert.deepEqual(cpu, { enqcmd: false, pasidTranslation: false, origin: -1 });
  });

  it("are what is said", () => {
    const { uapi, pasidPolicy, kvmMap } = platformOf(
      "uapi v1 { pasid-policy simple  kvm-map authorized-set }",
    );
    assert.deepEqual(
      { uapi, pasidPolicy, kvmMap },
      { uapi: "v1", pasidPolicy: "simple", kvmMap: "authorized-set" },
    );
    assert.equal(platformOf("cpu { enqcmd }").cpu.enqcmd, true);
    assert.equal(platformOf("cpu { enqcmd }").cpu.pasidTranslation, false);
    assert.equal(platformOf("cpu { pasid-translation }").cpu.pasidTranslation, true);
  });

  it("are of another version where the compiler is told so, with the options of the file", () => {
    const text = "uapi v1 { pasid-policy simple }";
    const host = { read: () => text, resolve: () => ({ error: "there is no other file" }) };
    const { uapi, pasidPolicy } = compile("main.ioasid", host, { uapi: "v2" }).platform;
    assert.deepEqual({ uapi, pasidPolicy }, { uapi: "v2", pasidPolicy: "simple" });
  });
});

describe("an IOMMU", () => {
  const DEFAULTS = {
    form: "vtd",
    format: "vtd",
    pasidWidth: 20,
    addressWidth: 48,
    nesting: "hardware",
    pasidTable: "kernel",
    ats: false,
    pageRequests: false,
    pageSizes: [1, 512, 262144],
    reserved: [],
    noSnoopControl: false,
    dirtyTracking: false,
    noPasid: "bypass",
  };
  const iommuOf = (text: string): Omit<Iommu, "origin"> => {
    const { origin: _origin, ...rest } = platformOf(text).iommus[0]!;
    return rest;
  };

  it("is a current VT-d unit where nothing is said", () => {
    assert.deepEqual(iommuOf("iommu unit { }"), { name: "unit", ...DEFAULTS });
  });

  it("is there even when the file has none", () => {
    assert.deepEqual(iommuOf("pdev nic at 3b:00.0 { }"), { name: "iommu", ...DEFAULTS });
  });

  it("has everything that its block says", () => {
    const text = `iommu unit {
      pasid-width 16  address-width 57  nesting software  pasid-table guest  ats  page-requests
      page-sizes 2M, 4K  reserved 0xfee0_0000 + 1M  reserved 0x1000..0x1fff
      no-snoop-control  dirty-tracking  format arm-smmuv3  no-pasid terminate
    }`;
    assert.deepEqual(iommuOf(text), {
      name: "unit",
      form: "smmuv3",
      format: "arm-smmuv3",
      pasidWidth: 16,
      addressWidth: 57,
      nesting: "software",
      pasidTable: "guest",
      ats: true,
      pageRequests: true,
      pageSizes: [1, 512],
      reserved: [
        { start: { page: 0xfee00, offset: 0 }, last: { page: 0xfeeff, offset: 4095 } },
        { start: { page: 1, offset: 0 }, last: { page: 1, offset: 4095 } },
      ],
      noSnoopControl: true,
      dirtyTracking: true,
      noPasid: "terminate",
    });
  });

  it("has the form that its table and its format belong to", () => {
    const form = (words: string): unknown => iommuOf(`iommu unit { ${words} }`).form;
    assert.equal(form("pasid-table guest"), "smmuv3");
    assert.equal(iommuOf("iommu unit { pasid-table guest }").format, "smmuv3");
    assert.equal(form("pasid-table guest  format amd-v2"), "amd");
    assert.equal(form("pasid-table kernel  format smmuv3-64k"), "smmuv3");
    assert.equal(form("pasid-table kernel  format other"), "vtd");
    assert.equal(form("pasid-table guest  format other"), "smmuv3");
  });
});

describe("a device", () => {
  const NONE = {
    category: undefined,
    iommu: 0,
    pasidWidth: 0,
    ats: false,
    pageRequests: false,
    enqcmd: false,
    exec: false,
    priv: false,
    queue: undefined,
    hidePasid: false,
    hideEnqcmd: false,
  };

  it("is what its block says, and nothing more", () => {
    const platform = platformOf(`iommu vtd { ats  page-requests }
      pdev bare at 3b:00.0 { }
      pdev full at 0001:3c:1f.7 behind vtd {
        category 3  pasid-width 16  ats  page-requests  enqcmd  exec  priv  hide pasid  hide enqcmd
      }`);
    assert.deepEqual(deviceOf(platform, "bare"), {
      ...NONE,
      name: "bare",
      kind: "pdev",
      rid: 0x3b00,
      wire: 0,
      group: 0,
    });
    assert.deepEqual(deviceOf(platform, "full"), {
      name: "full",
      kind: "pdev",
      category: 3,
      rid: 0x1_3cff,
      wire: 1,
      iommu: 0,
      pasidWidth: 16,
      ats: true,
      pageRequests: true,
      enqcmd: true,
      exec: true,
      priv: true,
      queue: undefined,
      hidePasid: true,
      hideEnqcmd: true,
      group: 1,
    });
  });

  it("that is an mdev has what its parent has, wherever the parent is written, but hides for itself", () => {
    const platform = platformOf(`mdev q on hub { category 4  hide enqcmd }
      iommu a { }  iommu b { }
      pdev hub at 01:00.0 behind b { pasid-width 20  enqcmd  exec  hide pasid }`);
    assert.deepEqual(deviceOf(platform, "q"), {
      ...NONE,
      name: "q",
      kind: "mdev",
      category: 4,
      rid: 0x100,
      wire: 1,
      iommu: 1,
      pasidWidth: 20,
      enqcmd: true,
      exec: true,
      hideEnqcmd: true,
      group: 0,
    });
  });

  it("that is a VF has what its PF has, where it says nothing itself", () => {
    const platform = platformOf(`iommu a { ats page-requests }  iommu b { ats page-requests }
      pdev vf at 01:00.1 { category 3  vf of pf }
      pdev pf at 01:00.0 behind b { pasid-width 16  ats  page-requests  exec }`);
    const { pasidWidth, ats, pageRequests, exec, priv, iommu, wire, category } = platform.devices[0]!;
    assert.deepEqual(
      { pasidWidth, ats, pageRequests, exec, priv, iommu, wire, category },
      {
        pasidWidth: 16,
        ats: true,
        pageRequests: true,
        exec: true,
        priv: false,
        iommu: 1,
        wire: 0,
        category: 3,
      },
    );
  });
});

describe("the groups", () => {
  it("are the named ones, then one for each other device", () => {
    const { groups, devices } =
      platformOf(`pdev a at 01:00.0 { }  pdev b at 02:00.0 { pasid-width 20 }  pdev c at 03:00.0 { }
      mdev q on b { category 4 }
      group pair { c a }`);
    assert.deepEqual(
      groups.map(({ name, members }) => ({ name, members })),
      [
        { name: "pair", members: [2, 0] },
        { name: undefined, members: [1] },
        { name: undefined, members: [3] },
      ],
    );
    assert.deepEqual(
      devices.map(({ group }) => group),
      [0, 1, 0, 2],
    );
  });
});

describe("owners and processes", () => {
  it("are numbered in file order, with the width that their virtual IOMMU announces", () => {
    const { owners, processes } =
      platformOf(`guest vm0 { viommu { pasid-width 8 }  process p { pasid 7 }  process q { } }
      native host { }`);
    assert.deepEqual(
      owners.map(({ name, kind, viommuPasidWidth }) => ({ name, kind, viommuPasidWidth })),
      [
        { name: "vm0", kind: "guest", viommuPasidWidth: 8 },
        { name: "host", kind: "native", viommuPasidWidth: undefined },
      ],
    );
    assert.deepEqual(
      processes.map(({ name, owner, pasid }) => ({ name, owner, pasid })),
      [
        { name: "p", owner: 0, pasid: 7 },
        { name: "q", owner: 0, pasid: undefined },
      ],
    );
  });
});

describe("every declaration", () => {
  it("has an origin that leads back to its first words", () => {
    const text = `iommu vtd { }\npdev nic at 3b:00.0 { }\nguest vm0 { memory ram at 0x0 + 4K }`;
    const { platform, origins } = compileText(text);
    const textAt = (origin: number): string => text.slice(origins[origin]!.start, origins[origin]!.end);
    assert.equal(textAt(platform.iommus[0]!.origin), "iommu vtd");
    assert.equal(textAt(platform.devices[0]!.origin), "pdev nic");
    assert.equal(textAt(platform.owners[0]!.origin), "guest vm0");
    assert.equal(textAt(platform.memories[0]!.origin), "memory ram at 0x0 + 4K");
  });
});
