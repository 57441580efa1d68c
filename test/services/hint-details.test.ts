import assert from "node:assert/strict";
import { plainText } from "../../engine/report/index.js";
import { type HintTopic, hintDetails, hintsIn } from "../../engine/services/index.js";
import { type Marked, marked } from "../helpers/cursor.js";
import { FILE, viewOf } from "./view.js";

const ALL: ReadonlySet<HintTopic> = new Set(["results", "ppasids", "kvm", "backing"]);

/** The details of the hint that stands at the cursor: its explanation, and where each part leads. */
function detailsOf(
  { text, at }: Marked,
  topic?: HintTopic,
): { text: string; targets: (string | undefined)[] } {
  const view = viewOf(text);
  const hint = hintsIn(view, FILE, { start: 0, end: text.length }, ALL).find(
    (each) => each.at === at() && (topic === undefined || each.topic === topic),
  );
  assert.ok(hint, "no hint stands at the cursor");
  const details = hintDetails(view, hint.subject, hint.topic);
  assert.ok(details);
  const targets = details.targets.map((span) => span && text.slice(span.start, span.end));
  assert.equal(targets.length, hint.parts.length);
  return { text: plainText(details.blocks), targets };
}

const HOST = `
iommu vtd { pasid-width 20  nesting hardware }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
pdev sea at e7:01.0 behind vtd { pasid-width 20  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
mdev wq1 on sea { category 5  queue shared }
`;

const GUEST = `${HOST}guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  ioasid gpa { map 0x0 + 1G -> ram }
  bind wq0
  attach wq0 -> gpa
  ioasid gva on gpa page-table { pte 0x10_0000 + 4K -> 0x1000 }
  attach wq0 pasid 7 -> gva
  kvm map pasid 7 -> gva
}
`;

describe("the details of an inlay hint", () => {
  it("are the stages of the walk, each with the line that decided it", () => {
    const { text, targets } = detailsOf(
      marked(`${GUEST}scenario "one" { enqcmd db to wq0 write 0x10_0008$0 }`),
    );
    assert.equal(
      text,
      `Host-physical 0x100001008 = vm0.ram[0x1008], wire 6a:01.0 PASID 3, IOTLB miss.

- cpu-directory: vPASID 7: low directory entry 0 is present (line 16)
- cpu-table: vPASID 7: table entry 7 gives pPASID 3 (line 16)
- device: wq0 takes the work and issues it as 6a:01.0 with PASID 3 (line 6)
- iotlb: the IOTLB has no translation that permits this, so the tables are walked
- context: vtd finds the context of 6a:01.0 (dsa): PASID enabled, 20 bits (line 4)
- pasid-directory: PASID 3: directory entry 0 is present
- pasid-table: PASID 3: table entry 3 leads to vm0.gva, for wq0 (line 15)
- first: gva level 4 entry 0 points to the next table (line 14)
- first: gva level 3 entry 0 points to the next table (line 14)
- first: gva level 2 entry 0 points to the next table (line 14)
- first: gva level 1 entry 256 is a leaf of 4K: the parent's address 0x1000 (line 14)
- permission: w is within rw (line 14)
- second: gpa level 4 entry 0 points to the next table (line 11)
- second: gpa level 3 entry 0 is a leaf of 1G: host-physical 0x100001000 (line 11)
- permission: w is within rw (line 11)
- result: the request reaches host-physical 0x100001008 (line 14)`,
    );
    const page = "pte 0x10_0000 + 4K -> 0x1000";
    assert.deepEqual(targets, [page, page, "kvm map pasid 7 -> gva"]);
  });

  it("lead from a fault to the statement that its last stage names", () => {
    const { text, targets } = detailsOf(
      marked(`${GUEST}scenario "one" {
        unmap gpa 0x0 + 1G
        map gpa 0x0 + 4K -> ram
        dma wq0 pasid 7 read 0x10_0000 => fault not-mapped$0
      }`),
    );
    assert.match(text, /VT-d 0x79, second stage at 0x1000: nothing is mapped at the address/);
    assert.deepEqual(targets, ["ioasid gpa", "ioasid gpa", "attach wq0 pasid 7 -> gva"]);
  });

  it("name the rule of a refusal and lead to the other side of it", () => {
    const { text, targets } = detailsOf(
      marked(`${GUEST}scenario "one" { detach wq0 pasid 7 from gva => EBUSY$0 }`),
    );
    assert.match(text, /^P028: detach under a KVM mapping\n\nvPASID 7 of wq0 cannot be detached from gva: /);
    assert.match(text, /Write kvm unmap vm0 pasid 7 before wq0 is detached\.$/);
    assert.deepEqual(targets, ["kvm map pasid 7 -> gva"]);
  });

  it("lead from a global pPASID to the attach that fixed it", () => {
    const { text, targets } = detailsOf(
      marked(
        GUEST.replace("  kvm map", "  bind wq1  attach wq1 -> gpa  attach wq1 pasid 9 -> gva$0\n  kvm map"),
      ),
      "ppasids",
    );
    assert.match(text, /^pPASID 3 · global · RID e7:01.0\.\n\nIn the PASID table of e7:01.0: directory/);
    assert.deepEqual(targets, ["attach wq0 pasid 7 -> gva", undefined, "pdev sea"]);
  });

  it("say what an attach needs of KVM, in the words of its rule", () => {
    const { text } = detailsOf(marked(GUEST.replace("-> gva\n  kvm map pasid 7 -> gva", "-> gva$0")), "kvm");
    assert.match(
      text,
      /^P010: missing KVM PASID mapping\n\nENQCMD with vPASID 7 does not reach gva through wq0: /,
    );
  });

  it("say which attach needs a slot, and lead to the attach that gave the number", () => {
    const { text, targets } = detailsOf(
      marked(GUEST.replace("kvm map pasid 7 -> gva", "kvm map pasid 7 -> gva$0")),
    );
    assert.match(
      text,
      /^VMX slot 7 holds pPASID 3\.\n\nThe CPU finds it in the low PASID directory, entry 0, table entry 7\./,
    );
    assert.match(text, /Needed by the attach of:\n\n- wq0, line 15$/);
    assert.deepEqual(targets, ["attach wq0 pasid 7 -> gva", undefined]);
  });

  it("list all ways to a space, and lead to the attach behind each", () => {
    const { text, targets } = detailsOf(
      marked(GUEST.replace("{ map 0x0 + 1G -> ram }", "{ map 0x0 + 1G -> ram }$0")),
    );
    assert.equal(text, "IOASID 1.\n\nRequests get to it by:\n\n- RID 6a:01.0 PASID 1, by line 13");
    assert.deepEqual(targets, ["attach wq0 -> gpa"]);
  });

  it("say why an mdev has a PASID of its own", () => {
    const { text, targets } = detailsOf(
      marked(
        GUEST.replace(
          "mdev wq0 on dsa { category 5  queue shared }",
          "mdev wq0 on dsa { category 5  queue shared }$0",
        ),
      ),
    );
    assert.match(text, /^Requests of wq0 carry 6a:01.0, the RID of its parent, so the kernel chose PASID 1/);
    assert.deepEqual(targets, [undefined, undefined, "pdev dsa"]);
  });

  it("show both ranges of a memory", () => {
    const { text } = detailsOf(marked(GUEST.replace("0x4000_0000 + 1G", "0x4000_0000 + 1G$0")));
    assert.equal(text, "vm0.ram\n\n- virtual 0x40000000 + 1G\n- host-physical 0x100000000 + 1G");
  });

  it("show what a bound device asks of its user", () => {
    const { text } = detailsOf(marked(GUEST.replace("bind wq0", "bind wq0$0")));
    assert.match(
      text,
      /^wq0 reports pasid cpu cpu-virt, vPASIDs of 20 bits\.\n\nWhat its user must do: give a vPASID/,
    );
  });

  it("show the counterexample of a failed assertion, and lead to its way", () => {
    const { text, targets } = detailsOf(
      marked(`${GUEST}scenario "one" {\n  assert isolated wq0, wq0 pasid 7$0\n}`),
    );
    assert.match(text, /^both reach host-physical 0x100001000\.\.0x100001fff\n/);
    assert.deepEqual(targets, ["map 0x0 + 1G -> ram"]);
  });

  it("are those of each request that a response resumed", () => {
    const page =
      "iommu vtd { ats  page-requests }\npdev nic at 3b:00.0 { category 3  pasid-width 16  ats  page-requests }";
    const { text } = detailsOf(
      marked(`${page}
guest vm0 {
  memory ram at 0x0 + 1G
  ioasid gpa { map 0x0 + 1G -> ram }  ioasid gva on gpa page-table
  bind nic  attach nic -> gpa  attach nic pasid 1 -> gva  attach nic pasid 2 -> gva
}
scenario "two wait" {
  dma nic pasid 1 read 0x1000 => page-request
  dma nic pasid 2 read 0x1000 => page-request
  pte gva 0x1000 + 4K -> 0x3000
  respond gva 0x1000 success for nic$0
}`),
    );
    assert.equal(text.match(/- result: the request reaches host-physical/g)?.length, 2);
  });
});
