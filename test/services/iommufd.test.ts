import assert from "node:assert/strict";
import { plainText, stateOf } from "../../engine/report/index.js";
import {
  type HintTopic,
  hintDetails,
  hintsIn,
  hoverAt,
  lensPlaces,
  lensText,
} from "../../engine/services/index.js";
import { marked } from "../helpers/cursor.js";
import { FILE, viewOf } from "./view.js";

const ALL: readonly HintTopic[] = ["results", "ppasids", "kvm", "backing"];

type Item = ReturnType<typeof stateOf<string>>["owners"]["items"][number]["spaces"]["items"][number];

/** A text shows exactly the hints that are written in it, each between «…». */
function shows(source: string): void {
  const text = source.replace(/ ?«[^»]*»/g, "");
  let seen = "";
  let from = 0;
  for (const { at, parts } of hintsIn(viewOf(text), FILE, { start: 0, end: text.length }, new Set(ALL))) {
    seen += `${text.slice(from, at)} «${parts.join(" · ")}»`;
    from = at;
  }
  assert.equal(seen + text.slice(from), source);
}

const HOST = `uapi iommufd
iommu vtd { pasid-width 20  nesting hardware  ats  page-requests  dirty-tracking  reserved 0xfee0_0000 + 1M }
iommu smmu { format smmuv3  pasid-width 20  nesting hardware  pasid-table guest }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
pdev gpu at 5e:00.0 behind vtd { category 0 }
pdev net at 00:02.0 behind smmu { category 3  pasid-width 16 }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20 }
mdev wq0 on dsa { category 2 }
pdev gfx at 00:03.0 behind vtd { }
mdev vgpu on gfx { category 1 }
`;

const GUEST = `${HOST}guest vm0 {
  memory ram at 0x0 + 1G backed-by 0x1_0000_0000
  bind nic
  bind gpu
  bind wq0
  bind vgpu
  ioas gpa { map 0x0 + 1G -> ram }
  hwpt s2 on gpa for nic nest-parent dirty-tracking pasid
  fault-queue faults
  hwpt db on s2 for nic pasid fault faults data vtd-s1 { pte 0x10_0000 + 4K -> 0x1000 }
  attach nic -> s2
  attach nic pasid 7 -> db
  attach gpu -> gpa
  attach wq0 pasid 3 -> s2
  attach vgpu -> gpa
}
`;

describe("inlay hints behind iommufd", () => {
  it("say what backs what, where an attach ended up, and where memory lies", () =>
    shows(`${HOST}guest vm0 {
  memory ram at 0x0 + 1G backed-by 0x1_0000_0000
  bind nic «PASIDs of 16 bits»
  bind gpu
  bind wq0
  bind vgpu
  ioas gpa { map 0x0 + 1G -> ram «0x1_0000_0000 · in 2 page tables» } «backs s2, auto HWPT for gpu · nic, gpu, wq0 pasid 3, 1 more»
  hwpt s2 on gpa for nic nest-parent dirty-tracking pasid «nest parent · holds db · RID 3b:00.0 · RID 6a:01.0 PASID 3»
  fault-queue faults «page requests of db»
  hwpt db on s2 for nic pasid fault faults data vtd-s1 «nested HWPT · RID 3b:00.0 PASID 7»
  attach nic -> s2 «RID 3b:00.0»
  attach nic pasid 7 -> db «RID 3b:00.0 PASID 7»
  attach gpu -> gpa «RID 5e:00.0 · on a new page table (auto HWPT)»
  attach wq0 pasid 3 -> s2 «RID 6a:01.0 PASID 3»
  attach vgpu -> gpa «software access, nothing in the IOMMU»
}
scenario "another table" {
  ioas vm0.other «backs spare, auto HWPT for nic · nic, gpu»
  map other 0x0 + 4K -> 0x2000 «0x1_0000_2000 · in 2 page tables»
  copy gpa 0x1000 + 4K -> other at 0x8000_0000 «ram[0x1000]» «in 2 page tables»
  hwpt vm0.spare on other for gpu «paging HWPT · RID 5e:00.0»
  replace gpu -> spare «RID 5e:00.0»
  detach nic pasid 7
  replace nic -> other «RID 3b:00.0 · on a new page table (auto HWPT)»
  replace gpu -> other «RID 5e:00.0 · on the page table of other for nic (auto HWPT)»
}
scenario "nothing is told of what is gone" {
  ioas vm0.gone
  map gone 0x0 + 4K -> ram «0x1_0000_0000»
  destroy gone
}
`));

  it("say in how many areas a copy comes, and that no page table has it yet", () =>
    shows(`${HOST}guest vm0 {
  memory ram at 0x0 + 1G backed-by 0x1_0000_0000
  ioas a { map 0x0 + 4K -> ram «0x1_0000_0000 · in no page table yet»  map 0x1000 + 4K -> ram[0x8000] «0x1_0000_8000 · in no page table yet»  map 0x2000 + 4K -> ram[0x3000] «0x1_0000_3000 · in no page table yet» }
  ioas b
  copy a 0x0 + 12K -> b at 0x4000 «0x4000 + 4K is ram[0x0]; 0x5000 + 4K is ram[0x8000]; 1 more area» «in no page table yet»
}
`));

  it("say what a vIOMMU holds, and that a guest's PASID table takes every PASID", () =>
    shows(`${HOST}guest vm0 {
  bind net «PASIDs of 16 bits»
  ioas gpa «backs s2»
  hwpt s2 on gpa for net nest-parent «nest parent · holds v · RID 00:02.0»
  viommu v on s2 for net «slice of smmu · holds vd, net as id 0x5, cd»
  vdevice vd in v for net id 5
  hwpt cd on v for net data smmuv3 «nested HWPT · RID 00:02.0 all PASIDs»
  attach net -> cd «RID 00:02.0 · all PASIDs»
}
`));

  it("tell the rest when somebody asks", () => {
    const { text, at } = marked(
      GUEST.replace("hwpt s2 on gpa for nic nest-parent dirty-tracking pasid", "$&$0"),
    );
    const view = viewOf(text);
    const [hint] = hintsIn(view, FILE, { start: at(), end: at() }, new Set(ALL));
    assert.ok(hint);
    assert.equal(
      plainText(hintDetails(view, hint.subject, hint.topic)!.blocks),
      [
        "- nest parent, dirty tracking, for PASIDs",
        "- page table of gpa (line 17)",
        "- holds db (line 20)",
        "- attached: nic (line 21), wq0 pasid 3 (line 24)",
        "",
        "Requests get to it by:",
        "",
        "- RID 3b:00.0, by line 21",
        "- RID 6a:01.0 PASID 3, by line 24",
      ].join("\n"),
    );
  });
});

/** What a hover says at the cursor, without the declaration. */
function said(source: string): string {
  const { text, at } = marked(source);
  const blocks = hoverAt(viewOf(text), FILE, at())!.blocks.filter(({ kind }) => kind !== "code");
  return plainText(blocks);
}

describe("a hover behind iommufd", () => {
  it("on an IOAS tells its page tables, its devices and what cannot be mapped", () =>
    assert.equal(
      said(GUEST.replace("ioas gpa", "ioas g$0pa")),
      `After the start state:

- IOAS, IOVAs in steps of 4096 bytes
- backs s2 (line 18), auto HWPT for gpu (line 23)
- attached: nic (line 21), gpu (line 23), wq0 pasid 3 (line 24), vgpu in software (line 25)
- 1 mapping
- cannot be mapped: 0x1000000000000..0xffffffffffffffff, 0xfee00000 + 1M

Requests get to it by:

- vgpu in software (line 25)`,
    ));

  it("on a nested HWPT tells its parent and its queue, on the queue who sends there", () => {
    assert.match(
      said(GUEST.replace("hwpt db", "hwpt d$0b")),
      /- nested HWPT, for PASIDs, page requests to faults\n- nested on s2 \(line 18\)\n- attached: nic pasid 7 \(line 22\)\n/,
    );
    assert.equal(
      said(GUEST.replace("fault-queue faults", "fault-queue f$0aults")),
      "After the start state:\n\n- fault queue\n- takes page requests of db (line 20)",
    );
  });

  it("tells an allowed range, and an object that is destroyed", () => {
    assert.match(
      said(`${HOST}guest vm0 { ioas g$0pa  allow-iovas gpa 0x1000..0x1fff }`),
      /- no device is attached\n- 0 mappings\n- kept free of reservations: 0x1000 \+ 4K/,
    );
    assert.equal(
      said(`${HOST}guest vm0 { ioas g$0pa  destroy gpa }`),
      "It is destroyed after the start state.",
    );
    assert.equal(
      said(`${HOST}guest vm0 { hwpt sp$0are on none for nic }`),
      "It is not there after the start state.",
    );
  });
});

describe("a lens behind iommufd", () => {
  it("counts the page tables of an IOAS, and who comes to it and to each of them", () => {
    const { analysis, result } = viewOf(GUEST);
    const texts = lensPlaces(analysis).map((place) => {
      const text = lensText(result!, place);
      return text?.kind === "count" ? `${GUEST.slice(place.start, place.end)}: ${text.text}` : "";
    });
    assert.deepEqual(texts, ["gpa: 2 page tables · 4 attachments", "s2: 2 attachments", "db: 1 attachment"]);
  });
});

describe("the state behind iommufd", () => {
  it("has the page tables under their IOAS, and nested ones under their parent", () => {
    const { result } = viewOf(GUEST);
    const { owners, pasidTables } = stateOf(result!, undefined, () => "");
    const tree = (items: readonly Item[], depth = 0): string[] =>
      items.flatMap(({ name, managed, attachments, children }) => [
        `${"  ".repeat(depth)}${name}: ${managed}; ${attachments.items.map(({ device, pasid }) => device + (pasid ?? "")).join()}`,
        ...tree(children.items, depth + 1),
      ]);
    assert.deepEqual(tree(owners.items[0]!.spaces.items), [
      "gpa: IOAS, IOVAs in steps of 4096 bytes; vgpu",
      "  s2: nest parent, dirty tracking, for PASIDs; nic,wq03",
      "    db: nested HWPT, for PASIDs, page requests to faults; nic7",
      "  the page table of gpa for gpu: paging HWPT, made by an attach; gpu",
    ]);
    assert.deepEqual(
      pasidTables.items.flatMap(({ rid, entries }) => entries.items.map(({ space }) => `${rid} ${space}`)),
      ["3b:00.0 vm0.s2", "3b:00.0 vm0.db", "5e:00.0 the page table of vm0.gpa for gpu", "6a:01.0 vm0.s2"],
    );
  });
});
