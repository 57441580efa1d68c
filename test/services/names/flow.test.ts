import assert from "node:assert/strict";
import { qualifiedName, type Span } from "../../../engine/language/index.js";
import { type FlowLink, flowFrom, flowInto, flowItemAt } from "../../../engine/services/index.js";
import { type Files, programsOf } from "../programs.js";

const HARDWARE = `iommu vtd { pasid-width 20  nesting hardware }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 20 }
`;

const TEXT = `${HARDWARE}guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  ioasid gpa { map 0x0 + 1G -> ram }
  bind wq0
  bind nic
  attach wq0 -> gpa
  attach nic -> gpa
  ioasid gva on gpa page-table
  attach wq0 pasid 7 -> gva
  kvm map pasid 7 -> gva
}
native app { memory heap at 0x0 + 1G  sva nic }
scenario "s" {
  enqcmd db to wq0 read 0x0
  detach wq0 from gpa
  attach wq0 -> vm0.gpa
  enqcmds vm0 pasid 7 to wq0 read 0x0
}
`;

const FILE = "a.ioasid";
const FILES: Files = { [FILE]: TEXT };

/** Links as `file name: what says so, …`. */
function shown(files: Files, links: readonly FlowLink[]): string[] {
  const textOf = ({ file, start, end }: Span): string => files[file]?.slice(start, end) ?? "";
  return links.map(
    ({ item, places }) =>
      `${item.span.file} ${qualifiedName(item.definition)}: ${places.map(textOf).join(", ")}`,
  );
}

function into(name: string, files = FILES, file = FILE): string[] {
  const offset = (files[file] ?? "").search(new RegExp(`\\b${name}\\b`));
  return shown(files, flowInto(programsOf(files, file), file, offset));
}

function from(name: string, files = FILES, file = FILE): string[] {
  const offset = (files[file] ?? "").search(new RegExp(`\\b${name}\\b`));
  return shown(files, flowFrom(programsOf(files, file), file, offset));
}

describe("what leads to a thing", () => {
  it("are, for an IOASID, the devices attached to it, those nested on it, and KVM mappings", () => {
    assert.deepEqual(into("gpa"), [
      "a.ioasid wq0: wq0 -> gpa, wq0 -> vm0.gpa",
      "a.ioasid nic: nic -> gpa",
      "a.ioasid vm0.gva: gva on gpa",
    ]);
    assert.deepEqual(into("gva"), ["a.ioasid wq0: wq0 pasid 7 -> gva", "a.ioasid vm0: gva"]);
  });

  it("are, for a device, who binds it and who submits to it, and for a pdev its mdevs", () => {
    assert.deepEqual(into("wq0"), ["a.ioasid vm0: wq0, vm0 pasid 7 to wq0", "a.ioasid vm0.db: db to wq0"]);
    assert.deepEqual(into("dsa"), ["a.ioasid wq0: wq0 on dsa"]);
  });

  it("are, for an IOMMU, the devices behind it, and for a memory the IOASIDs that map it", () => {
    assert.deepEqual(into("vtd"), [
      "a.ioasid dsa: dsa at 6a:01.0 behind vtd",
      "a.ioasid nic: nic at 3b:00.0 behind vtd",
    ]);
    assert.deepEqual(into("ram"), ["a.ioasid vm0.gpa: ram"]);
  });

  it("are none for what nothing uses, and where no name is", () => {
    assert.deepEqual(into("db"), []);
    assert.deepEqual(into("pasid-width"), []);
    assert.equal(flowItemAt(programsOf(FILES, FILE), FILE, 0), undefined);
  });
});

describe("where a thing leads", () => {
  it("are the IOASIDs of a device, the parent or memory of an IOASID, the device of a process", () => {
    assert.deepEqual(from("wq0"), [
      "a.ioasid dsa: wq0 on dsa",
      "a.ioasid vm0.gpa: wq0 -> gpa, wq0 -> vm0.gpa",
      "a.ioasid vm0.gva: wq0 pasid 7 -> gva",
    ]);
    assert.deepEqual(from("gva"), ["a.ioasid vm0.gpa: gva on gpa"]);
    assert.deepEqual(from("gpa"), ["a.ioasid vm0.ram: ram"]);
    assert.deepEqual(from("db"), ["a.ioasid wq0: db to wq0"]);
  });

  it("are, for an owner, its devices and KVM mappings, and for shared virtual addresses the process", () => {
    assert.deepEqual(from("vm0"), [
      "a.ioasid wq0: wq0, vm0 pasid 7 to wq0",
      "a.ioasid nic: nic",
      "a.ioasid vm0.gva: gva",
    ]);
    assert.deepEqual(from("nic"), [
      "a.ioasid vtd: nic at 3b:00.0 behind vtd",
      "a.ioasid vm0.gpa: nic -> gpa",
      "a.ioasid app: nic",
    ]);
  });

  it("are the IOASIDs of a PASID table", () => {
    const text = `guest vm0 { ioasid gpa  ioasid gva on gpa page-table
      ioasid cds on gpa pasid-table { entry 7 -> gva }  entry cds 8 -> gva  entry cds 8 none }`;
    assert.deepEqual(from("cds", { [FILE]: text }), [
      "a.ioasid vm0.gpa: cds on gpa",
      "a.ioasid vm0.gva: gva, cds 8 -> gva",
    ]);
  });
});

describe("what leads where over several files", () => {
  const files: Files = {
    "host.ioasid": HARDWARE,
    "a.ioasid": 'import "host.ioasid"\nnative app { ioasid gpa  bind nic  attach nic -> gpa }',
    "b.ioasid": 'import "host.ioasid"\nnative other { ioasid iova  attach nic -> iova }',
  };

  it("shows what leads to a thing from the files that say so", () => {
    assert.deepEqual(into("gpa", files, "a.ioasid"), ["a.ioasid nic: nic -> gpa"]);
    assert.deepEqual(into("nic", files, "host.ioasid"), ["a.ioasid app: nic"]);
  });

  it("shows where a thing leads, with the places in the asked file, and the thing itself where there are none", () => {
    assert.deepEqual(from("nic", files, "host.ioasid"), [
      "a.ioasid app.gpa: nic",
      "b.ioasid other.iova: nic",
      "host.ioasid vtd: nic at 3b:00.0 behind vtd",
    ]);
    assert.deepEqual(from("nic", files, "a.ioasid"), [
      "a.ioasid app.gpa: nic -> gpa",
      "b.ioasid other.iova: nic",
      "host.ioasid vtd: nic",
    ]);
  });

  it("sees a thing where it is declared, or from a file that uses it", () => {
    const item = flowItemAt(programsOf(files, "a.ioasid"), "a.ioasid", files["a.ioasid"]!.indexOf("nic"));
    assert.deepEqual(item?.span, { file: "a.ioasid", start: 51, end: 54 });
    assert.deepEqual(item?.statement, { file: "a.ioasid", start: 46, end: 54 });
  });
});
