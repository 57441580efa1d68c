import assert from "node:assert/strict";
import {
  ExceptionStop,
  exceptionsOf,
  NO_STOPS,
  readHitCount,
  StepBreakpoint,
} from "../../engine/debugger/index.js";
import { standing, threadOf } from "./threads.js";

const TEXT = `iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
mdev wq1 on dsa { category 5  queue dedicated }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  bind wq0
  bind wq1
  ioasid gpa { map 0x0 + 1G -> ram }
  attach wq0 -> gpa
  attach wq1 -> gpa
}
scenario "six" {
  dma wq0 read 0x1
  dma wq0 read 0x2
  dma wq0 read 0x3
  dma wq0 read 0x4
  dma wq0 read 0x5
  dma wq0 read 0x6
}
scenario "exceptions" {
  kvm translation vm0 on
  enqcmd db to wq0 write 0x1000 => vm-exit
  set-pasid vm0.db none
  enqcmd db to wq0 write 0x1000 => #gp
  set-pasid vm0.db 7
  kvm translation vm0 off
  enqcmd db to wq0 write 0x1000 => refused
  attach wq0 pasid 7 -> vm0.gpa
  kvm map vm0 pasid 7 -> vm0.gpa
  kvm translation vm0 on
  enqcmd db to wq1 write 0x1000 => refused
  bind wq0 => EBUSY
  dma wq0 read 0x8000_0000
}
`;

describe("a breakpoint", () => {
  it("stops at the meetings that its hit count says", () => {
    for (const [text, addresses] of [
      ["3", "3"],
      ["== 2", "2"],
      [">= 5", "5 6"],
      ["> 4", "5 6"],
      ["< 3", "1 2"],
      ["<=2", "1 2"],
      ["% 3", "3 6"],
    ] as const) {
      const hits = readHitCount(text);
      const breakpoint = new StepBreakpoint(1, "breakpoint", ({ kind }) => kind === "operation", { hits });
      const thread = threadOf(TEXT, "six");
      thread.stepBack();
      thread.travel(thread.timeline.first - 1);
      const seen: string[] = [];
      while (thread.forward({ ...NO_STOPS, before: [breakpoint] }).reason !== "end") {
        seen.push(standing(thread).slice(-1));
      }
      assert.deepEqual(seen.join(" "), addresses, text);
    }
  });

  it("has no hit count of other words", () => {
    for (const text of ["often", "", "% 0", "= 3", "-1"]) assert.equal(readHitCount(text), undefined, text);
  });

  it("says something instead of stopping, once at each meeting and never on the way back", () => {
    const said: number[] = [];
    const breakpoint = new StepBreakpoint(1, "breakpoint", () => true, {
      log: ({ index }) => said.push(index),
    });
    const thread = threadOf(TEXT, "six");
    const stops = { ...NO_STOPS, before: [breakpoint] };
    assert.equal(thread.forward(stops).reason, "end");
    assert.equal(said.length, 5, "the first one is where it stood");
    assert.equal(thread.backward(stops).reason, "entry");
    assert.equal(said.length, 5);
  });

  it("stops where its condition holds, and is met nowhere else", () => {
    const conditions = {
      holds: ({ index }: { index: number }) => index % 2 === 0,
      hits: { compare: "==", count: 2 } as const,
    };
    const thread = threadOf(TEXT, "six");
    const first = thread.position.step;
    thread.forward({ ...NO_STOPS, before: [new StepBreakpoint(1, "breakpoint", () => true, conditions)] });
    assert.equal(thread.position.step % 2, 0);
    assert.ok(thread.position.step > first + 2);
  });
});

describe("the exceptions of a step", () => {
  it("are told by filter and name: VM exits, #GP, refusals, faults", () => {
    const thread = threadOf(TEXT, "exceptions");
    const told: string[] = [];
    for (; !thread.isAtEnd; thread.next()) {
      for (const { filter, names } of exceptionsOf(thread.result!))
        told.push(`${filter}: ${names.join(" ")}`);
    }
    assert.deepEqual(told, [
      "vm-exit: 72 vm-exit",
      "vm-exit: #gp",
      "refused: ENOENT P010",
      "refused: refused",
      "refused: EBUSY P020",
      "unexpected: U090",
      "fault: not-mapped 0x79",
    ]);
  });

  it("stop a run by name, and by all names of a filter", () => {
    const stopAt = (filter: "vm-exit" | "refused", condition: string): string => {
      const thread = threadOf(TEXT, "exceptions");
      thread.forward({ ...NO_STOPS, after: [new ExceptionStop(filter, condition, () => "")] });
      return standing(thread).split(" | ")[1] ?? "";
    };
    assert.equal(stopAt("vm-exit", "#gp"), "enqcmd db to wq0 write 0x1000");
    assert.equal(stopAt("refused", "ebusy, P028"), "bind wq0");
    assert.equal(stopAt("refused", "P028"), "end");
    assert.equal(stopAt("refused", "refused"), "enqcmd db to wq1 write 0x1000");
    assert.equal(stopAt("refused", ""), "enqcmd db to wq0 write 0x1000");
  });
});
