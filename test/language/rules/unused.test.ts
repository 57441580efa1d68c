import assert from "node:assert/strict";
import { compile, runToEnd } from "../../../engine/language/index.js";

const HARDWARE = `iommu vtd { pasid-width 20  nesting hardware }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
pdev disk at 3c:00.0 behind vtd { category 0 }
`;

/** The usual start state, with further statements of the guest. */
function guest(more: string, scenario = ""): string {
  return `${HARDWARE}guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic
  ioasid gpa
  attach nic -> gpa
  map gpa 0x0 + 1M -> ram[0x0 + 1M]
  ${more}
}
${scenario === "" ? "" : `scenario "it" {\n${scenario}\n}\n`}`;
}

/** Codes and places of the findings about what nothing uses. */
function unused(text: string, scenarios?: readonly string[], library = ""): string[] {
  const read = (path: string) => (path === "library" ? library : text);
  const program = compile("file", { read, resolve: (_from, to) => to });
  const { diagnostics } = runToEnd(program, scenarios ? { scenarios: new Set(scenarios) } : {});
  return diagnostics
    .filter(({ code }) => code >= "U095" && code <= "U099")
    .map(({ code, severity, span }) => `${code} ${severity} ${text.slice(span.start, span.end)}`);
}

describe("a mapping that nothing uses", () => {
  const second = "map gpa 0x10_0000 + 1M -> ram[0x10_0000 + 1M]";

  it("is information where a request uses another one of its space", () => {
    assert.deepEqual(unused(guest(second, "dma nic read 0x0")), [`U095 information ${second}`]);
  });

  it("is not told where no request uses the space, or there is none", () => {
    assert.deepEqual(unused(guest(second)), []);
    assert.deepEqual(unused(guest(second, "dma nic read 0x8000_0000 => fault")), []);
  });

  it("is used by a range that spans it, by a fault on its rights, and in any scenario", () => {
    assert.deepEqual(unused(guest(second, "dma nic read 0x0 + 2M")), []);
    assert.deepEqual(unused(guest(`${second} r`, "dma nic read 0x0 dma nic write 0x10_0000 => fault")), []);
    const other = 'scenario "other" { dma nic read 0x10_0000 }';
    assert.deepEqual(unused(guest(second, `dma nic read 0x0\n}\n${other.slice(0, -1)}`)), []);
  });

  it("is used through a table of the guest", () => {
    const table = `${second} ioasid gva on gpa page-table { pte 0x0 + 4K -> 0x0 pte 0x1000 + 4K -> 0x10_0000 }`;
    const steps = "dma nic pasid 7 read 0x0  dma nic pasid 7 read 0x1000";
    assert.deepEqual(unused(guest(`${table}  attach nic pasid 7 -> gva`, steps)), []);
  });

  it("is used by an assertion about reach", () => {
    assert.deepEqual(unused(guest(second, "dma nic read 0x0  assert reaches nic -> ram[0x0 + 2M]")), []);
  });

  it("is not told after a run of some scenarios", () => {
    assert.deepEqual(unused(guest(second, "dma nic read 0x0"), ["it"]), []);
  });
});

describe("a space that nothing reaches", () => {
  it("is a warning", () => {
    assert.deepEqual(unused(guest("ioasid spare { map 0x0 + 1M -> ram[0x0 + 1M] }")), [
      "U096 warning ioasid spare",
    ]);
    assert.deepEqual(unused(guest("ioasid gva on gpa page-table")), [
      "U096 warning ioasid gva on gpa page-table",
    ]);
  });

  it("is not told of a parent, of one that is freed, and of one that a scenario works with", () => {
    assert.deepEqual(unused(guest("ioasid spare  free spare")), []);
    assert.deepEqual(unused(guest("ioasid spare", "map spare 0x0 + 1M -> ram[0x0 + 1M]")), []);
    assert.deepEqual(unused(guest("ioasid spare", "attach nic -> spare => EBUSY")), []);
  });

  it("is not told where the owner has no device at all", () => {
    assert.deepEqual(unused(`${HARDWARE}guest vm0 { ioasid gpa }\n`), []);
  });

  it("is not told of an import", () => {
    const library = `${HARDWARE}guest tenant { bind disk ioasid gpa attach disk -> gpa ioasid spare }\n`;
    assert.deepEqual(unused('import "library"\nguest vm0 { bind nic }\n', undefined, library), []);
  });
});

describe("a device bound and never attached", () => {
  it("is a warning", () => {
    assert.deepEqual(unused(guest("bind disk")), ["U097 warning bind disk"]);
  });

  it("is not told where a scenario works with it, or its bind was refused", () => {
    assert.deepEqual(unused(guest("bind disk", "dma disk read 0x0 => fault")), []);
    assert.deepEqual(unused(guest("bind disk", "assert reports disk none")), []);
    assert.deepEqual(unused(guest("bind disk  unbind disk")), []);
    const refused = `uapi v1\n${guest("")}guest vm1 { ioasid gpa bind nic }\n`;
    assert.deepEqual(unused(refused), ["U096 warning ioasid gpa"]);
  });
});

describe("a guest process whose PASID is attached nowhere", () => {
  it("is a warning", () => {
    assert.deepEqual(unused(guest("process db { pasid 7 }")), ["U098 warning process db"]);
  });

  it("is not told where some device of the guest has it, or it has none", () => {
    const attach = "ioasid gva on gpa page-table  attach nic pasid 7 -> gva";
    assert.deepEqual(unused(guest(`process db { pasid 7 }  ${attach}`)), []);
    assert.deepEqual(unused(guest("process db { }")), []);
  });

  it("is not told of a guest with a slice behind iommufd, whose numbers are the VMM's", () => {
    const text = (steps: string) => `uapi iommufd
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      cpu { enqcmd  pasid-translation }
      mdev wq0 on dsa { category 5  queue shared }
      guest vm0 { process db { pasid 7 }  bind nic  bind wq0  ioas io  hwpt t on io for nic pasid  ${steps} }`;
    assert.deepEqual(unused(text("attach nic -> t  attach wq0 pasid 2 -> t")), []);
    assert.deepEqual(unused(text("attach nic -> t  unbind wq0")), ["U098 warning process db"]);
  });

  it("is not told where a scenario gives it another, or attaches it", () => {
    assert.deepEqual(unused(guest("process db { pasid 7 }", "set-pasid db 8")), []);
    const attach = "ioasid gva on gpa page-table  attach nic pasid 7 -> gva";
    assert.deepEqual(unused(guest("process db { pasid 7 }", attach)), []);
  });
});
