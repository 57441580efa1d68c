import assert from "node:assert/strict";
import { plainText } from "../../engine/report/index.js";
import { hoverAt } from "../../engine/services/index.js";
import { marked } from "../helpers/cursor.js";
import { FILE, viewOf } from "./view.js";

/** What is said at the cursor; empty where nothing is. */
function said(source: string, imports: Readonly<Record<string, string>> = {}): string {
  const { text, at } = marked(source);
  const hover = hoverAt(viewOf(text, imports), FILE, at());
  return hover ? plainText(hover.blocks) : "";
}

const FILE_TEXT = `iommu vtd { pasid-width 20  nesting hardware  reserved 0xfee0_0000 + 1M }
cpu { enqcmd  pasid-translation }
// The accelerator.
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
mdev wq1 on dsa { category 5  queue shared }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  ioasid gpa { map 0x0 + 1G -> ram }
  bind wq0  bind nic
  attach wq0 -> gpa  attach nic -> gpa
  // The space of the database: *its* pages.
  ioasid gva on gpa page-table { pte 0x10_0000 + 4K -> 0x1000 }
  attach wq0 pasid 7 -> gva
  kvm map pasid 7 -> gva
  attach nic pasid 7 -> gva
}
guest vm1 {
  memory ram at 0x4000_0000 + 1G
  ioasid gpa { map 0x0 + 1G -> ram }
  bind wq1  attach wq1 -> gpa
  ioasid gva on gpa page-table
  attach wq1 pasid 7 -> gva
}
scenario "one" {
  enqcmd db to wq0 write 0x10_0008 => vm0.ram[0x1008] wire 3
  dma nic pasid 9 read 0x2000 => fault no-pasid-entry
  detach wq0 pasid 7 from vm0.gva => EBUSY
  kvm unmap vm0 pasid 7
  set-pasid db none
}
`;

/** The file with the cursor in the first place where a piece of text stands; `|` in it is the cursor. */
function at(piece: string): string {
  const [before = "", after = ""] = piece.split("|");
  const found = FILE_TEXT.indexOf(before + after);
  assert.ok(found >= 0, `there is no "${piece}"`);
  const offset = found + before.length;
  return `${FILE_TEXT.slice(0, offset)}$0${FILE_TEXT.slice(offset)}`;
}

describe("hover over a name", () => {
  it("shows the declaration, its comment as it is written, and what became of it", () =>
    assert.equal(
      said(at("attach nic pasid 7 -> g|va")),
      `  ioasid gva on gpa page-table { pte 0x10_0000 + 4K -> 0x1000 }

The space of the database: *its* pages.

IOASID 2 of vm0: a child with the guest's page table, which the IOMMU walks before the parent's.

- nested on gpa (line 11)
- 1 mapping
- attached: wq0, nic
- global pPASID 3

Requests get to it by:

- RID 6a:01.0 PASID 3 (line 16)
- RID 3b:00.0 PASID 7 (line 18)`,
    ));

  it("of a device says what its category asks of its user, and what is attached", () =>
    assert.equal(
      said(at("mdev w|q0")),
      `  mdev wq0 on dsa { category 5 queue shared }

Category 5: a slice that takes any vPASID, and relies on the CPU to translate that of ENQCMD.

- its default space is routed by the parent's RID and its defPASID
- its pPASIDs come from the global pool, one number for each space
- its vPASIDs are translated by the CPU for ENQCMD, once KVM was told (kvm map), and the driver for MMIO
- RID 6a:01.0 of its parent dsa, behind vtd; PASIDs of 20 bits

wq0 reports pasid cpu cpu-virt, vPASIDs of 20 bits.

What its user must do: give a vPASID, and call KVM to map it before ENQCMD.

After the start state:

- bound to vm0 (line 12)
- default space with defPASID 1: vm0.gpa (line 13)
- vPASID 7, pPASID 3: vm0.gva (line 16), mapped in KVM`,
    ));

  it("in a scenario shows the state at that step", () => {
    assert.match(said(at("detach w|q0")), /At this step:[\s\S]*mapped in KVM$/);
    assert.match(said(at("kvm unmap v|m0")), /At this step:[\s\S]*translation on, 0 slots in the table$/);
    assert.match(
      said(at("set-pasid d|b")),
      /IA32_PASID is not valid at this step: ENQCMD raises #GP\(0\)\.$/,
    );
  });

  it("of host hardware shows its slices", () =>
    assert.match(
      said(at("pdev d|sa")),
      /The accelerator\.[\s\S]*it has no category[\s\S]*- parent of wq0, wq1$/,
    ));

  it("of an IOMMU shows what it can do and what is behind it", () => {
    const text = said(at("iommu v|td"));
    assert.match(
      text,
      /PASIDs of 20 bits, addresses of 48 bits\n- nesting: hardware; the PASID table is the kernel's/,
    );
    assert.match(text, /- never translated: 0xfee00000 \+ 1M\n- 4 devices behind it: dsa, wq0, wq1, nic$/);
  });

  it("of a memory shows both of its ranges", () =>
    assert.match(
      said(at("-> vm0.r|am[".replace("-> ", "=> "))),
      /virtual 0x40000000 \+ 1G of vm0\n- host-physical 0x100000000 \+ 1G$/,
    ));

  it("of a guest process shows what ENQCMD makes of its vPASID", () =>
    assert.match(
      said(at("process d|b")),
      /IA32_PASID holds vPASID 7 after the start state\.\n\n- the CPUs of vm0 translate it to pPASID 3 \(low directory 0, entry 7\) \(line 17\)\n- wq0: vm0\.gva as pPASID 3/,
    ));

  it("of a guest shows its devices, spaces and slots; a long block is left away", () =>
    assert.match(
      said(at("guest v|m0")),
      /^ {2}guest vm0 { … }\n\nAfter the start state:\n\n- bound: wq0, nic\n- IOASIDs: gpa, gva\n- CPU PASID translation on, 1 slot/,
    ));

  it("of a group names its members and the rule of the uAPI", () => {
    const text = said(
      "pdev a at 00:02.0 { category 0 }  pdev b at 00:03.0 { category 0 }  group g$0 { a b }",
    );
    assert.match(text, /An IOMMU group of a, b: .* The first bind of one of them takes the whole group\.$/);
  });

  it("follows imports", () =>
    assert.match(
      said('import "h.ioasid"\npdev n at 00:02.0 behind v$0td { category 0 }', {
        "h.ioasid": "// shared\niommu vtd { }",
      }),
      /^ {2}iommu vtd { }\n\nshared\n/,
    ));

  it("is about the name alone", () => {
    const { text, at: where } = marked(at("vm0.g|va =>"));
    const hover = hoverAt(viewOf(text), FILE, where());
    assert.equal(hover && text.slice(hover.start, hover.end), "gva");
  });
});

describe("hover over an address", () => {
  it("of a request shows its walk, also for an instruction", () => {
    const text = said(at("write 0x10|_0008"));
    assert.match(
      text,
      /^Host-physical 0x100001008 = vm0\.ram\[0x1008\], wire 6a:01\.0 PASID 3, IOTLB miss\./,
    );
    assert.match(text, /- cpu-table: vPASID 7: table entry 7 gives pPASID 3 \(line 17\)/);
    assert.match(text, /- second: gpa level 3 entry 0 is a leaf of 1G/);
  });

  it("of a request that faults says which stage raised it", () =>
    assert.match(said(at("read 0x2|000")), /^VT-d 0x59, pasid-table stage: no PASID table entry is present/));

  it("at the end of a range asks for that address alone", () => {
    const range = FILE_TEXT.replace("read 0x2000 => fault no-pasid-entry", "read 0x2000..0x2f$0ff => fault");
    assert.match(said(range), /nic asks for 0x2fff of vPASID 9/);
  });

  it("of the guest's table goes through both stages", () =>
    assert.equal(
      said(at("pte 0x10|_0000")),
      `0x10_0000 leads to host-physical 0x100001000 = vm0.ram[0x1000] after the start state.

- vm0.gva: 0x10_0000 -> 0x1000 rw (line 15)
- vm0.gpa: 0x1000 -> 0x4000_1000 rw (line 11)`,
    ));

  it("says which stage has nothing for it", () => {
    const far = FILE_TEXT.replace("-> 0x1000 }", "-> 0x7000_0000 }").replace(
      "pte 0x10_0000",
      "pte 0x10_$00000",
    );
    assert.match(
      said(far),
      /^0x10_0000 leads nowhere after the start state\.[\s\S]*\n- vm0\.gpa maps nothing at 0x7000_0000: the parent's stage fails$/,
    );
  });

  it("that a table maps to is one of the parent", () =>
    assert.match(
      said(at("-> 0x1|000 }")),
      /^0x1000 leads to host-physical 0x100001000[\s\S]*- vm0\.gpa: 0x1000/,
    ));

  it("of a memory is virtual, and an offset in it is host-physical", () => {
    assert.equal(
      said(at("memory ram at 0x40|00_0000")),
      "Virtual address 0x4000_0000 of vm0 is host-physical 0x100000000 = vm0.ram[0x0].",
    );
    assert.equal(
      said(at("ram[0x1|008]")),
      "Host-physical 0x100001008 = vm0.ram[0x1008], virtual 0x4000_1008.",
    );
  });

  it("that follows a plus is a length", () =>
    assert.equal(said(at("pte 0x10_0000 + 4|K")), "4K, 0x1000 bytes: 0x10_0000 to 0x10_0fff."));
});

describe("hover over a PASID", () => {
  it("says what a vPASID becomes, and who else uses it on the RID", () =>
    assert.equal(
      said(at("attach wq0 pasid |7")),
      `vPASID 7 of wq0 becomes pPASID 3, which leads to vm0.gva (line 16), mapped in KVM.

- the number is of the global pool
- vPASIDs of wq0 have 20 bits
- its sibling wq1 uses vPASID 7 too, as pPASID 4 (line 25)`,
    ));

  it("says of a free one that nothing is attached", () =>
    assert.match(
      said(at("dma nic pasid |9")),
      /^vPASID 9 of nic: nothing is attached under it at this step\./,
    ));

  it("on the wire names the entry that it meets", () =>
    assert.equal(
      said(at("wire |3")),
      "pPASID 3 on RID 6a:01.0 is that of vPASID 7 of wq0: vm0.gva (line 16) at this step.",
    ));

  it("of a guest names the slot of its CPUs and what is attached", () => {
    assert.match(
      said(at("kvm map pasid |7")),
      /^vPASID 7 of vm0, after the start state:\n\n- The CPUs of vm0 translate it to pPASID 3/,
    );
    assert.match(said(at("kvm unmap vm0 pasid |7")), /- The CPUs of vm0 have no slot for it/);
    assert.match(said(at("process db { pasid |7")), /- wq0: vm0\.gva as pPASID 3 \(line 16\)/);
  });
});

describe("hover over a word", () => {
  it("shows the form of a statement, its call, and every errno with its rules", () => {
    const text = said(at("de|tach wq0"));
    assert.match(text, /^ {2}detach DEV \[pasid N\] from S\n\nEnds an attach\./);
    assert.match(
      text,
      /VFIO_DETACH_IOASID is refused with:\n\n- EBUSY: P028 detach under a KVM mapping, U021/,
    );
  });

  it("tells the calls of KVM and the assertions apart", () => {
    assert.match(said(at("k|vm unmap")), /^ {2}kvm unmap \[OWNER\] pasid N\n/);
    assert.match(said(at("kvm un|map")), /^ {2}kvm unmap \[OWNER\] pasid N\n/);
    assert.match(said('scenario "s" { assert iso$0lated a, b }'), /^ {2}assert isolated A, B\n/);
  });

  it("tells the line of a table from the statement", () =>
    assert.match(said(at("{ m|ap 0x0 + 1G -> ram }")), /^ {2}map 0x0 \+ 1G -> TARGET/));

  it("knows properties, their words and their numbers", () => {
    assert.match(said(at("pasid|-width 20  nesting")), /^ {2}pasid-width N\n\nBits of a PASID, 0 to 20/);
    assert.match(said(at("nesting  |hardware".replace("  ", " "))), /^The IOMMU walks the child's table/);
    assert.match(said(at("queue sha|red")), /^Takes ENQCMD/);
    assert.match(said(at("category |5")), /^Category 5: a slice/);
    assert.equal(said(at("pasid-width |16")), "PASIDs 0 to 0xffff.");
  });

  it("says of a fault which hardware codes it groups, and of a code which faults", () => {
    assert.match(
      said(at("fault no-pasid|-entry")),
      /Hardware codes:\n\n- VT-d 0x51, 0x59\n- SMMUv3 0x0a\n- AMD-Vi 0x02$/,
    );
    const coded = FILE_TEXT.replace("fault no-pasid-entry", "fault 0x7$09");
    assert.match(
      said(coded),
      /^Hardware code 0x79:\n\n- VT-d: not-mapped, nothing is mapped at the address; no-access,/,
    );
  });

  it("says of an errno what it means, and by which rules this call returns it", () =>
    assert.match(
      said(at("=> EB|USY")),
      /Its number is 16\.\n\nVFIO_DETACH_IOASID returns it by:\n\n- P028 detach under a KVM mapping\n- U021/,
    ));

  it("knows outcomes, small words and the parts of a PCI address", () => {
    assert.match(
      said('scenario "s" { enqcmd a to b read 0x0 => vm-exit 7$02 }'),
      /exit reason 72 for ENQCMD/,
    );
    assert.match(said(at("=> fa|ult")), /^ {2}=> fault \[NAME\|CODE\]/);
    assert.match(said(at("beh|ind vtd { pasid-width 20")), /^The IOMMU that translates/);
    assert.match(
      said(at("6a:0|1.0")),
      /^RID 6a:01\.0 \(0x6a08\): segment 0, bus 0x6a, device 1, function 0\.\n\n- sent by dsa, wq0, wq1$/,
    );
  });

  it("says what an allowed and an ignored rule is about", () => {
    assert.match(said("allow P0$009"), /^P009: ENQCMD/);
    assert.match(said("// ioasid-ignore P0$027 -- both count from 1\nguest g { }"), /^P027: [\s\S]*\(note\)/);
    assert.equal(said("// P0$027 is what it was\nguest g { }"), "");
  });

  it("says how a scenario went", () => assert.equal(said(at('"o|ne"')), "Passed: 5 steps as stated."));

  it("is nothing over blanks, marks and comments", () => {
    for (const place of ["20 | nesting", "pasid 7 -|> gva", "// The| accel"])
      assert.equal(said(at(place)), "", place);
    assert.equal(said("$0"), "");
  });
});

describe("hover in a file that is broken or did not run", () => {
  it("still shows declarations and words", () => {
    assert.match(
      said("pdev nic at 3b:00.0 { category 3 pasid-width 16 }\nguest vm0 { attach ni$0c pasid -> {{"),
      /^ {2}pdev nic [\s\S]*Category 3: it puts/,
    );
    assert.match(said("guest vm0 { att$0ach nic pasid -> {{"), /^ {2}attach DEV/);
  });

  it("knows without a run what the text alone tells", () => {
    const { text, at: where } = marked(at("attach wq0 pasid 7 -> g|va"));
    const hover = hoverAt({ ...viewOf(text), result: undefined }, FILE, where());
    assert.match(plainText(hover?.blocks ?? []), /its\* pages\.\n\nvm0\.gva is an IOASID\.$/);
    const number = marked(at("attach wq0 pasid |7"));
    assert.equal(hoverAt({ ...viewOf(number.text), result: undefined }, FILE, number.at()), undefined);
  });

  it("never throws, wherever the cursor is and whatever is missing", () => {
    for (let end = 0; end < FILE_TEXT.length; end += 37) {
      const text = FILE_TEXT.slice(0, end);
      const view = viewOf(text);
      for (const offset of [0, end - 9, end - 1, end, end + 5]) hoverAt(view, FILE, offset);
    }
  });
});
