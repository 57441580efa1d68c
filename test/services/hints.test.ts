import assert from "node:assert/strict";
import { type HintTopic, hintsIn } from "../../engine/services/index.js";
import { marked } from "../helpers/cursor.js";
import { FILE, viewOf } from "./view.js";

const ALL: readonly HintTopic[] = ["results", "ppasids", "kvm", "backing"];

/** The text with its hints in it, as an editor shows them; `«…»` stands around each. */
function shown(source: string, topics = ALL): string {
  const text = source.replace(/ ?«[^»]*»/g, "");
  const range = { start: 0, end: text.length };
  let seen = "";
  let from = 0;
  for (const { at, parts } of hintsIn(viewOf(text), FILE, range, new Set(topics))) {
    seen += `${text.slice(from, at)} «${parts.join(" · ")}»`;
    from = at;
  }
  return seen + text.slice(from);
}

/** A text shows exactly the hints that are written in it. */
function shows(source: string): void {
  assert.equal(shown(source), source);
}

const HOST = `
iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  ats  page-requests  enqcmd }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
`;

describe("inlay hints", () => {
  it("say what an example of guest SVA comes to", () =>
    shows(`${HOST}
mdev wq0 on dsa { category 5  queue shared } «defPASID 1 · global · RID 6a:01.0»
guest vm0 {
  memory ram at 0x4000_0000 + 1G «host-physical 0x1_0000_0000 + 1G»  // pinned
  process db { pasid 7 }
  ioasid gpa { map 0x0 + 1G -> ram } «RID 6a:01.0 PASID 1 · RID 3b:00.0»
  bind wq0 «reports pasid cpu cpu-virt»  bind nic «reports pasid»
  attach wq0 -> gpa «pPASID 1 · global · RID 6a:01.0»
  attach nic -> gpa «no PASID · RID 3b:00.0»
  ioasid gva on gpa page-table { «RID 6a:01.0 PASID 2 · RID 3b:00.0 PASID 7» // the process
    pte 0x7f00_0000_0000 + 2M -> 0x20_0000
  }
  attach wq0 pasid 7 -> gva «pPASID 2 · global · RID 6a:01.0»
  attach nic pasid 7 -> gva «pPASID 7 · per RID · RID 3b:00.0»
  kvm map pasid 7 -> gva «pPASID 2 · VMX low directory 0, entry 7»
}
scenario "requests" {
  enqcmd db to wq0 write 0x7f00_0000_1000 «ram[0x20_1000] · 0x1_0020_1000 · wire 2»
  enqcmd db to wq0 write 0x7f00_0000_1000 => ram[0x20_1000] «0x1_0020_1000 · wire 2»
  enqcmd db to wq0 write 0x7f00_0000_1000 => ram[0x20_1000] wire 2 «0x1_0020_1000»
  dma nic read 0x1000 => 0x1_0000_1000 «ram[0x1000]»
  dma nic pasid 9 read 0x2000 => fault «no-pasid-entry · VT-d 0x59 · pasid-table stage · wire 9»
  dma nic pasid 9 read 0x2000 => fault no-pasid-entry wire 9 «VT-d 0x59 · pasid-table stage»
  dma nic pasid 9 read 0x2000 => fault 0x59 «no-pasid-entry · pasid-table stage · wire 9»
}
`));

  it("say which requirement an attach of category 5 leaves open", () =>
    shows(`${HOST}
mdev wq0 on dsa { category 5  queue shared } «defPASID 1 · global · RID 6a:01.0»
guest vm0 {
  bind wq0 «reports pasid cpu cpu-virt»
  ioasid gpa «RID 6a:01.0 PASID 1»
  attach wq0 -> gpa «pPASID 1 · global · RID 6a:01.0»
  ioasid gva on gpa page-table «RID 6a:01.0 PASID 2»
  attach wq0 pasid 7 -> gva «pPASID 2 · global · RID 6a:01.0» «needs kvm map pasid 7»
}
scenario "closed" {
  enqcmds vm0 pasid 7 to wq0 write 0x0 «refused · CPU PASID translation is off · P010»
  enqcmds vm0 pasid 7 to wq0 write 0x0 => refused «CPU PASID translation is off · P010»
}
scenario "mapped for a while" {
  ioasid other on gpa page-table «RID 6a:01.0 PASID 3»
  attach wq0 pasid 9 -> other «pPASID 3 · global · RID 6a:01.0»
  kvm map pasid 9 -> other «pPASID 3 · VMX low directory 0, entry 9»
  kvm unmap pasid 9
  enqcmds vm0 pasid 9 to wq0 write 0x0 => vm-exit 73 «vPASID 9 has no valid slot · P010»
}
`));

  it("show the errno and the rule of a refused call, and only the rule where the errno is stated", () =>
    shows(`${HOST}
guest vm0 {
  ioasid gpa
  attach nic -> gpa «EINVAL · P021»
  attach nic -> gpa => EINVAL «P021»
  free gpa => EBUSY «ok»
}
`));

  it("show every device at a space in one line, up to three", () =>
    shows(`
mdev a on nic { category 1 }
mdev b on nic { «defPASID 1 · per RID · RID 3b:00.0»
  category 4
}
mdev c on nic { category 2 } «defPASID 2 · per RID · RID 3b:00.0»
pdev nic at 3b:00.0 { pasid-width 16 }
pdev x at 0001:00:02.0 { category 0 }
guest vm0 {
  memory ram at 0x0 + 4K backed-by 0x5000
  bind a  bind b «reports pasid»  bind c  bind x
  ioasid gpa { map 0x0 + 4K -> ram r } «RID 3b:00.0 PASID 1 · RID 3b:00.0 PASID 2 · RID 0001:00:02.0 · 1 more»
  attach a -> gpa «software access, nothing in the IOMMU»
  attach b -> gpa «pPASID 1 · per RID · RID 3b:00.0»
  attach c -> gpa «pPASID 2 · per RID · RID 3b:00.0»
  attach x -> gpa «no PASID · RID 0001:00:02.0»
}
scenario "category 1 moves data in software" {
  dma a read 0x10 «ram[0x10] · 0x5010 · in software»
  dma a write 0x10 => fault «no-access · software stage»
  dma a pasid 3 read 0x0 => fault device-cannot-issue-pasid «device stage»
  dma b pasid 3 read 0x0 => fault «vpasid-not-registered · device stage»
  unmap gpa 0x0 + 1M «4K unmapped»
}
`));

  it("show what a scenario made of a space, also after it is taken apart", () =>
    shows(`${HOST}
guest vm0 {
  ioasid gpa «RID 3b:00.0»  bind nic «reports pasid»  attach nic -> gpa «no PASID · RID 3b:00.0»
}
scenario "a short life" {
  ioasid gva on gpa page-table «RID 3b:00.0 PASID 5»
  attach nic pasid 5 -> gva «pPASID 5 · per RID · RID 3b:00.0»
  detach nic pasid 5 from gva
  attach nic pasid 5 -> gva «pPASID 5 · per RID · RID 3b:00.0»
  detach nic pasid 5 from gva
  free gva
}
`));

  it("follow a fault through its page request and the response", () =>
    shows(`${HOST}
guest vm0 {
  memory ram at 0x4000_0000 + 1G «host-physical 0x1_0000_0000 + 1G»
  ioasid gpa { map 0x0 + 1G -> ram } «RID 3b:00.0»
  ioasid gva on gpa page-table { pte 0x8000 + 4K -> 0x7000_0000 } «RID 3b:00.0 PASID 5»
  bind nic «reports pasid»  attach nic -> gpa «no PASID · RID 3b:00.0»
  attach nic pasid 5 -> gva «pPASID 5 · per RID · RID 3b:00.0»
}
scenario "mended" {
  dma nic pasid 5 read 0x1000 => page-request «not-mapped · VT-d 0x71 · first stage · wire 5»
  pte gva 0x1000 + 4K -> 0x3000
  respond gva 0x1000 success for nic pasid 5 «ram[0x3000] · 0x1_0000_3000 · wire 5»
  dma nic pasid 5 read 0x8000 => fault not-mapped wire 5 «VT-d 0x79 · second stage at 0x7000_0000»
}
`));

  it("say that a translation is stale", () =>
    shows(`${HOST}
guest vm0 {
  memory ram at 0x4000_0000 + 1G «host-physical 0x1_0000_0000 + 1G»
  ioasid gpa { map 0x0 + 1G -> ram } «RID 3b:00.0»
  ioasid gva on gpa page-table { pte 0x1000 + 4K -> 0x3000 } «RID 3b:00.0 PASID 5»
  bind nic «reports pasid»  attach nic -> gpa «no PASID · RID 3b:00.0»
  attach nic pasid 5 -> gva «pPASID 5 · per RID · RID 3b:00.0»
}
scenario "stale" {
  dma nic pasid 5 read 0x1000 => ram[0x3000] wire 5 «0x1_0000_3000»
  pte gva 0x1000 + 4K none
  dma nic pasid 5 read 0x1000 => ram[0x3000] wire 5 «0x1_0000_3000 · stale IOTLB entry»
}
`));

  it("show what a host process, a migration and a question come to", () =>
    shows(`uapi v1 { }
iommu vtd { ats  page-requests }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  ats  page-requests  enqcmd }
mdev wq0 on dsa { category 5  queue shared } «defPASID 1 · global · RID 6a:01.0»
native tool {
  sva dsa «pPASID 2 · global · RID 6a:01.0»
}
guest vm0 {
  bind wq0 «reports pasid cpu cpu-virt»
  ioasid gpa «RID 6a:01.0 PASID 1»  attach wq0 -> gpa «pPASID 1 · global · RID 6a:01.0»
  info wq0 «reports pasid cpu cpu-virt · vPASIDs of 20 bits»
  info gpa «kernel-managed (map, unmap) · nesting hardware · format vtd»
  ioasid gva on gpa «RID 6a:01.0 PASID 3»
  attach wq0 pasid 7 -> gva «pPASID 3 · global · RID 6a:01.0»
  kvm map pasid 7 -> gva «pPASID 3 · VMX low directory 0, entry 7»
  kvm map pasid 7 -> gva «pPASID 3 already · VMX low directory 0, entry 7»
}
scenario "on the other host nobody is there yet" {
  migrate vm0 «pPASID of wq0 pasid 7: 3 -> 2»
  assert ppasid wq0 pasid 7 == 2
  assert ppasid wq0 pasid 7 == 3 «is 2»
  migrate vm0 «no pPASID changed»
}
`));

  it("leave out what a setting turns off", () => {
    const text = `${HOST}
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  ioasid gpa { map 0x0 + 1G -> ram }
  bind nic  attach nic -> gpa
}
scenario "one" { dma nic read 0x0 }
`;
    assert.equal(shown(text, []), text);
    assert.match(shown(text, ["results"]), /\+ 1G\n[^«]*ram }\n[^«]* dma nic read 0x0 «ram\[0x0\]/);
    assert.match(shown(text, ["backing"]), /\+ 1G «host-physical[^«]*$/);
  });

  it("are those of a part of the file", () => {
    const { text, at } = marked(
      "pdev nic at 3b:00.0 { category 0 }\nguest vm0 {\n  ioasid a\n$0  bind nic\n  attach nic -> a$1\n}",
    );
    const places = (start: number, end: number) =>
      hintsIn(viewOf(text), FILE, { start, end }, new Set(ALL)).map((hint) => hint.at);
    assert.deepEqual(places(at(0), at(1)), [at(1)]);
    assert.deepEqual(places(at(0), at(1) - 1), []);
    assert.deepEqual(places(at(1), text.length), [at(1)]);
  });

  it("of an imported file are those of its own run", () => {
    const view = viewOf('import "other.ioasid"\n', {
      "other.ioasid": "pdev nic at 3b:00.0 { }\nmdev m on nic { category 2 }",
    });
    const range = { start: 0, end: 100 };
    assert.deepEqual(hintsIn(view, FILE, range, new Set(ALL)), []);
    assert.equal(hintsIn(view, "other.ioasid", range, new Set(ALL)).length, 1);
  });

  it("without a run are about memory alone", () => {
    const view = viewOf("guest vm0 { memory ram at 0x0 + 4K  ioasid a }");
    const hints = hintsIn({ ...view, result: undefined }, FILE, { start: 0, end: 60 }, new Set(ALL));
    assert.deepEqual(
      hints.map(({ parts }) => parts),
      [["host-physical 0x1_0000_0000 + 4K"]],
    );
  });

  it("stand in no file that cannot be understood", () => {
    assert.equal(
      shown("attach wq0 pasid -> { kvm map ] memory x at"),
      "attach wq0 pasid -> { kvm map ] memory x at",
    );
  });
});
