import assert from "node:assert/strict";
import { faultRows, historyRows } from "../../engine/debugger/index.js";
import { threadOf } from "./threads.js";

const TEXT = `iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  ats  page-requests  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
mdev wq1 on dsa { category 5  queue dedicated }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 20  ats  page-requests }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  bind wq0  bind wq1  bind nic
  kvm translation on
  ioasid gpa { map 0x0 + 1G -> ram }
  attach wq0 -> gpa  attach wq1 -> gpa  attach nic -> gpa
  ioasid gva on gpa page-table
  attach wq0 pasid 7 -> gva
  attach nic pasid 7 -> gva
}
scenario "everything goes wrong" {
  enqcmd db to wq0 write 0x1000           => vm-exit 72
  kvm map vm0 pasid 7 -> vm0.gva
  enqcmd db to wq1 write 0x1000           => refused
  set-pasid db none
  enqcmd db to wq0 write 0x1000           => #gp
  dma nic pasid 9 read 0x1000             => fault no-pasid-entry
  dma nic pasid 7 read 0x1000             => page-request
  respond vm0.gva 0x1000 invalid for nic pasid 7  => fault not-mapped
  dma nic pasid 7 read 0x1000             => page-request
  pte vm0.gva 0x1000 + 4K -> 0x9000
  respond vm0.gva 0x1000 success for nic pasid 7  => ram[0x9000]
  assert ppasid nic pasid 7 == 8
  dma nic read 0x1000                     => ram[0x2000]
  detach nic pasid 9 from vm0.gva
}`;

describe("the history of a thread", () => {
  const thread = threadOf(TEXT);
  const { first } = thread.timeline;

  it("begins with the statement that it stands at, and the start state", () => {
    const [here, before, ...others] = historyRows(thread, 0, 100);
    assert.deepEqual([here?.step, here?.when, here?.isStart], [first, "here", false]);
    assert.deepEqual([before?.step, before?.when, before?.isStart], [first - 1, "before", true]);
    assert.equal(others.length, first - 1);
    assert.equal(historyRows(thread, first + 1, 5).length, 0, "there is nothing before the first statement");
  });

  it("tells what did not come to memory, and why, the last one first", () => {
    thread.travel(thread.timeline.length);
    assert.deepEqual(
      faultRows(thread).map(({ outcome, reason }) => `${outcome}${reason === "" ? "" : "…"}`),
      [
        "page-request wire 7…",
        "fault not-mapped wire 7…",
        "page-request wire 7…",
        "fault no-pasid-entry wire 9…",
        "#gp…",
        "refused…",
        "vm-exit 72…",
      ],
    );
  });

  it("tells what was stated, of a step that came to something else", () => {
    const wrong = historyRows(thread, 0, 3).map(({ statement, outcome, stated }) => [
      statement,
      outcome,
      stated,
    ]);
    assert.deepEqual(wrong, [
      ["detach nic pasid 9 from vm0.gva", "ENOENT", "ok"],
      ["dma nic read 0x1000", "ram[0x1000]", "ram[0x2000]"],
      ["assert ppasid nic pasid 7 == 8", "7", "8"],
    ]);
  });

  it("keeps what ran when it goes back, and tells faults only up to there", () => {
    thread.travel(first + 1);
    assert.equal(historyRows(thread, 0, 1)[0]?.when, "later");
    assert.equal(faultRows(thread).length, 1);
    thread.travel(0);
    assert.equal(faultRows(thread).length, 0);
  });

  it("has the steps that a person made by hand, in their words", () => {
    thread.travel(first);
    const operation = { kind: "set-pasid", origin: -1, process: 0, pasid: 8 } as const;
    thread.timeline.insert(first, { operation, text: "set-pasid vm0.db 8" });
    thread.next();
    assert.equal(historyRows(thread, thread.reached - first - 1, 1)[0]?.statement, "set-pasid vm0.db 8");
    thread.next();
    assert.deepEqual(
      faultRows(thread).map(({ outcome }) => outcome),
      ["vm-exit 72"],
    );
  });
});
