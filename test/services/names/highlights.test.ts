import assert from "node:assert/strict";
import { highlightsAt } from "../../../engine/services/index.js";
import { marked } from "../../helpers/cursor.js";
import { drawn } from "../../helpers/places.js";
import { programsOf } from "../programs.js";

const FILE = "a.ioasid";

const HARDWARE = `uapi v1
iommu vtd { pasid-width 20  nesting hardware }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
`;

const CALLS = `guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  ioasid gpa
  bind wq0
  register ram
  attach wq0 -> gpa
  map gpa 0x0 + 1G -> ram
  ioasid gva on gpa
  attach wq0 pasid 7 -> gva
  kvm map pasid 7 -> gva
  bind-pgtable gva { pte 0x0 + 4K -> 0x0 }
}
scenario "s" {
  enqcmd db to wq0 read 0x0 => ram[0x0]
  dma wq0 read 0x0
  info gva
  assert reaches wq0 -> ram
  invalidate gva
  set-pasid db none
  kvm unmap vm0 pasid 7
  detach wq0 pasid 7 from gva
  free vm0.gva
  migrate vm0
}
`;

/** The lines of the text with highlights of a name that CALLS has, drawn into them. */
function linesOf(name: string): string[] {
  const text = HARDWARE + CALLS;
  const found = highlightsAt(programsOf({ [FILE]: text }, FILE), FILE, HARDWARE.length + CALLS.indexOf(name));
  const places = found.map(({ span, access }) => ({ span, mark: access }));
  return drawn(text, places)
    .split("\n")
    .filter((line) => line.includes(`${name}]`))
    .map((line) => line.trim());
}

describe("highlights", () => {
  it("of a space are written where a call changes it, and read elsewhere", () => {
    assert.deepEqual(linesOf("gva"), [
      "ioasid [write gva] on gpa",
      "attach wq0 pasid 7 -> [write gva]",
      "kvm map pasid 7 -> [write gva]",
      "bind-pgtable [write gva] { pte 0x0 + 4K -> 0x0 }",
      "info [read gva]",
      "invalidate [write gva]",
      "detach wq0 pasid 7 from [write gva]",
      "free vm0.[write gva]",
    ]);
    assert.deepEqual(linesOf("gpa"), [
      "ioasid [write gpa]",
      "attach wq0 -> [write gpa]",
      "map [write gpa] 0x0 + 1G -> ram",
      "ioasid gva on [read gpa]",
    ]);
  });

  it("of a device are written where it is bound, attached or detached, and read by its DMA", () => {
    assert.deepEqual(linesOf("wq0"), [
      "mdev [write wq0] on dsa { category 5  queue shared }",
      "bind [write wq0]",
      "attach [write wq0] -> gpa",
      "attach [write wq0] pasid 7 -> gva",
      "enqcmd db to [read wq0] read 0x0 => ram[0x0]",
      "dma [read wq0] read 0x0",
      "assert reaches [read wq0] -> ram",
      "detach [write wq0] pasid 7 from gva",
    ]);
  });

  it("of a memory, a process and an owner follow the same line", () => {
    assert.deepEqual(linesOf("ram"), [
      "memory [write ram] at 0x4000_0000 + 1G",
      "register [write ram]",
      "map gpa 0x0 + 1G -> [read ram]",
      "enqcmd db to wq0 read 0x0 => [read ram][0x0]",
      "assert reaches wq0 -> [read ram]",
    ]);
    assert.deepEqual(linesOf("db"), [
      "process [write db] { pasid 7 }",
      "enqcmd [read db] to wq0 read 0x0 => ram[0x0]",
      "set-pasid [write db] none",
    ]);
    assert.deepEqual(linesOf("vm0"), [
      "guest [write vm0] {",
      "kvm unmap [write vm0] pasid 7",
      "free [read vm0].gva",
      "migrate [write vm0]",
    ]);
  });

  it("stay in their file", () => {
    const files = {
      [FILE]: 'import "host.ioasid"\npdev nic at 3b:00.0 behind vtd { category 0 }',
      "host.ioasid": "iommu vtd { pasid-width 20 }",
    };
    const found = highlightsAt(programsOf(files, FILE), FILE, files[FILE].indexOf("vtd"));
    assert.deepEqual(found, [{ span: { file: FILE, start: 48, end: 51 }, access: "read" }]);
  });

  it("are none where no name is", () => {
    const { text, at } = marked("io$0mmu vtd { pasid-width 20 }");
    assert.deepEqual(highlightsAt(programsOf({ [FILE]: text }, FILE), FILE, at()), []);
  });
});
