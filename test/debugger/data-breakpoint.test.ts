import assert from "node:assert/strict";
import { DataBreakpoint, NO_STOPS, type Stops, watchProblem } from "../../engine/debugger/index.js";
import { standing, threadOf } from "./threads.js";

const TEXT = `iommu vtd { pasid-width 20  nesting hardware  pasid-table kernel }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  bind wq0
  bind nic
  ioasid gpa { map 0x0 + 1G -> ram }
  attach wq0 -> gpa
  attach nic -> gpa
}
scenario "a process comes and goes" {
  ioasid vm0.gva on vm0.gpa page-table
  attach wq0 pasid 7 -> vm0.gva
  kvm map vm0 pasid 7 -> vm0.gva
  attach nic pasid 7 -> vm0.gva
  pte vm0.gva 0x1000 + 4K -> 0x5000
  dma nic pasid 7 read 0x1000
  pte vm0.gva 0x2000 + 8K -> 0x8000 r
  set-pasid vm0.db 9
  pte vm0.gva 0x1000 + 4K none
  detach nic pasid 7 from vm0.gva
  kvm unmap vm0 pasid 7
}
`;

const watching = (query: string, more: ConstructorParameters<typeof DataBreakpoint>[2] = {}): Stops => ({
  ...NO_STOPS,
  after: [new DataBreakpoint(4, query, more)],
});

/** What a data breakpoint says at each of its stops, forward to the end. */
function changes(query: string): string[] {
  const thread = threadOf(TEXT);
  const said: string[] = [];
  for (let stop = thread.forward(watching(query)); stop.reason !== "end"; ) {
    assert.deepEqual([stop.reason, stop.breakpoints], ["data breakpoint", [4]]);
    said.push(stop.text);
    stop = thread.forward(watching(query));
  }
  return said;
}

describe("a data breakpoint", () => {
  it("on a slot of KVM tells which statement wrote it, and what", () => {
    assert.deepEqual(changes("kvm vm0 7"), [
      '`kvm map vm0 pasid 7 -> vm0.gva` (test.ioasid:18) changed `kvm vm0 7` from "none" to "2 (0x2)".',
      '`kvm unmap vm0 pasid 7` (test.ioasid:26) changed `kvm vm0 7` from "2 (0x2)" to "none".',
    ]);
  });

  it("on an entry of a PASID table sees attach and detach", () => {
    assert.deepEqual(changes("entry nic 7"), [
      '`attach nic pasid 7 -> vm0.gva` (test.ioasid:19) changed `entry nic 7` from "none" to "vm0.gva · nic vPASID 7 · attached · rid".',
      '`detach nic pasid 7 from vm0.gva` (test.ioasid:25) changed `entry nic 7` from "vm0.gva · nic vPASID 7 · attached · rid" to "none".',
    ]);
  });

  it("on a page of a space sees it come and go, and the space too", () => {
    assert.deepEqual(changes("page vm0.gva 0x1000"), [
      '`ioasid vm0.gva on vm0.gpa page-table` (test.ioasid:16) changed `page vm0.gva 0x1000` from "nothing" to "none".',
      '`pte vm0.gva 0x1000 + 4K -> 0x5000` (test.ioasid:20) changed `page vm0.gva 0x1000` from "none" to "0x5000 rw, ram[0x5000]".',
      '`pte vm0.gva 0x1000 + 4K none` (test.ioasid:24) changed `page vm0.gva 0x1000` from "0x5000 rw, ram[0x5000]" to "none".',
    ]);
  });

  it("on host-physical bytes tells who can write there now, and who no longer can", () => {
    const [first, second, third, ...others] = changes("who writes vm0.ram[0x5000]");
    assert.equal(
      first,
      "`pte vm0.gva 0x1000 + 4K -> 0x5000` (test.ioasid:20) changed `who writes vm0.ram[0x5000]`: wq0 pasid 7 at 0x1000, rw: 0x100005000 is new; nic pasid 7 at 0x1000, rw: 0x100005000 is new.",
    );
    assert.match(second ?? "", /^`dma nic pasid 7 read 0x1000` .*by an IOTLB entry is new/);
    assert.match(third ?? "", /^`pte vm0.gva 0x1000 \+ 4K none` .* is gone/);
    assert.match(others.at(-1) ?? "", /^`detach nic pasid 7 from vm0.gva` .*is gone\.$/);
  });

  it("on a range tells the first differences, and counts the others", () => {
    const said = changes("page vm0.gva 0x0 + 64K");
    assert.equal(said.length, 4);
    assert.match(said[2] ?? "", /from "0x5000 rw" to "2 mappings"/);
  });

  it("on a process sees its register", () => {
    assert.match(changes("vm0.db").join(), /^`set-pasid vm0.db 9` .* from "7 \(0x7\)" to "9 \(0x9\)"\.$/);
  });

  it("stops at the same changes on the way back", () => {
    const thread = threadOf(TEXT);
    const [forward, back]: string[][] = [[], []];
    while (thread.forward(watching("kvm vm0 7")).reason !== "end") forward?.push(standing(thread));
    while (thread.backward(watching("kvm vm0 7")).reason !== "entry") back?.unshift(standing(thread));
    assert.deepEqual(back, forward);
  });

  it("has conditions, asked of the machine after the change, and hit counts", () => {
    const thread = threadOf(TEXT);
    const asked: (number | undefined)[] = [];
    thread.forward(
      watching("kvm vm0 7", {
        holds: ({ snapshot }) => {
          asked.push(snapshot().machine.owner(0).vmx.raw(7));
          return false;
        },
      }),
    );
    assert.deepEqual(asked, [0x8000_0002, 0]);
    thread.travel(thread.timeline.first);
    const second = thread.forward(watching("kvm vm0 7", { hits: { compare: ">=", count: 2 } }));
    assert.match(second.text, /kvm unmap/);
  });

  it("names what a person did by hand", () => {
    const thread = threadOf(TEXT);
    const operation = { kind: "set-pasid", origin: -1, process: 0, pasid: 5 } as const;
    thread.timeline.insert(thread.position.step, { operation, text: "set-pasid vm0.db 5" });
    assert.match(
      thread.forward(watching("vm0.db")).text,
      /^`set-pasid vm0\.db 5`, made by hand, changed `vm0\.db`/,
    );
  });

  it("is set on what the machine can change, and on nothing else", () => {
    const thread = threadOf(TEXT);
    for (const query of ["kvm vm0 7", "vm0.gpa", "vm0.db", "who writes vm0.ram", "ppasid wq0 7 == 2"]) {
      assert.equal(watchProblem(query, thread), undefined, query);
    }
    for (const [query, problem] of [
      ["outcome", /"outcome" says something of a statement/],
      ["diff since start", /"diff" says something of a statement/],
      ["nic", /Nothing can change "nic"/],
      ["0x1000", /Nothing can change/],
      ["kvm vm9 7", /There is no owner "vm9"/],
    ] as const) {
      assert.match(watchProblem(query, thread) ?? "", problem);
    }
  });
});
