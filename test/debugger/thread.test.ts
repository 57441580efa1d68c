import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  ExceptionStop,
  FindingStop,
  NO_STOPS,
  StageBreakpoint,
  StepBreakpoint,
  type Stops,
} from "../../engine/debugger/index.js";
import { stateHash } from "../../engine/simulator/index.js";
import { root } from "../helpers/marks.js";
import { standing, threadOf } from "./threads.js";

const TEXT = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic
  ioasid gpa { map 0x0 + 1G -> ram }
  attach nic -> gpa
}
scenario "hello" {
  dma nic read 0x1000 => ram[0x1000]
  dma nic pasid 7 read 0x1000 => fault no-pasid-entry
  unmap vm0.gpa 0x0 + 1G
  dma nic read 0x1000
}
`;

const FAULTS: Stops = { ...NO_STOPS, after: [new ExceptionStop("fault", "", () => "a fault")] };

describe("a thread of the debugger", () => {
  it("begins at the first statement of its scenario, and goes statement by statement to the end", () => {
    const thread = threadOf(TEXT);
    const seen = [standing(thread)];
    while (!thread.isAtEnd) {
      thread.next();
      seen.push(standing(thread));
    }
    assert.deepEqual(seen, [
      "entry | dma nic read 0x1000",
      "step | dma nic pasid 7 read 0x1000",
      "step | unmap vm0.gpa 0x0 + 1G",
      "step | dma nic read 0x1000",
      "end | end",
    ]);
  });

  it("goes back into the start state, down to its first statement", () => {
    const thread = threadOf(TEXT);
    thread.stepBack();
    assert.equal(standing(thread), "step | attach nic -> gpa");
    assert.ok(thread.inReverse);
    thread.travel(0);
    thread.stepBack();
    assert.equal(standing(thread), "start: There is nothing before the first statement. | bind nic");
  });

  it("steps into the hardware, stage by stage, while nothing changes, and out of it", () => {
    const thread = threadOf(TEXT);
    const untouched = stateHash(thread.machine);
    const stages = [];
    do {
      thread.stepIn();
      stages.push(standing(thread).split(" | ")[2]?.split(":")[0]);
    } while (typeof thread.position.at === "number");
    const lookups = ["device", "iotlb", "context", "pasid-directory", "pasid-table"];
    assert.deepEqual(stages, [...lookups, "second", "second", "permission", "result", "done"]);
    thread.stepBack();
    assert.equal(standing(thread).split(" | ")[2], "result: the request reaches host-physical 0x100001000");
    assert.equal(stateHash(thread.machine), untouched);
    thread.stepOut();
    assert.notEqual(stateHash(thread.machine), untouched, "the IOTLB has the translation");
    thread.next();
    assert.equal(standing(thread), "step | dma nic pasid 7 read 0x1000");
  });

  it("stops where a request faults, forward and back", () => {
    const thread = threadOf(TEXT);
    const seen = [];
    for (let round = 0; round < 3; round += 1) {
      thread.forward(FAULTS);
      seen.push(standing(thread));
    }
    thread.backward(FAULTS);
    seen.push(standing(thread));
    thread.backward(FAULTS);
    seen.push(standing(thread));
    thread.backward(FAULTS);
    seen.push(standing(thread));
    assert.deepEqual(seen, [
      "exception: a fault | dma nic pasid 7 read 0x1000 | done: fault no-pasid-entry wire 7",
      "exception: a fault | dma nic read 0x1000 | done: fault not-mapped",
      "end | end",
      "exception: a fault | dma nic read 0x1000 | done: fault not-mapped",
      "exception: a fault | dma nic pasid 7 read 0x1000 | done: fault no-pasid-entry wire 7",
      "entry | dma nic read 0x1000",
    ]);
  });

  it("stops before the operations that a breakpoint names, and counts how often it came there", () => {
    const dma = (hits?: number) =>
      new StepBreakpoint(
        5,
        "function breakpoint",
        (step) => step.kind === "operation" && step.operation.kind === "dma",
        hits === undefined ? {} : { hits: { compare: "==", count: hits } },
      );
    const thread = threadOf(TEXT);
    assert.deepEqual(thread.forward({ ...NO_STOPS, before: [dma()] }).breakpoints, [5]);
    assert.equal(standing(thread), "function breakpoint | dma nic pasid 7 read 0x1000");
    thread.travel(0);
    thread.forward({ ...NO_STOPS, before: [dma(3)] });
    assert.equal(thread.position.step, thread.timeline.first + 3);
    assert.equal(standing(thread), "function breakpoint | dma nic read 0x1000");
  });

  it("goes through the hardware of every statement in instruction steps, forward and back", () => {
    const thread = threadOf(TEXT);
    const forward = [standing(thread).replace(/^\w+/, "")];
    while (!thread.isAtEnd) {
      thread.stepIn();
      forward.push(standing(thread).replace(/^\w+/, ""));
    }
    const back = [standing(thread).replace(/^\w+/, "")];
    while (thread.position.step > thread.timeline.first || thread.position.at !== "before") {
      thread.stepBackIn();
      back.unshift(standing(thread).replace(/^\w+/, ""));
    }
    assert.deepEqual(back, forward);
    thread.travel(0);
    assert.match(thread.stepBackIn().text, /nothing before/);
    assert.equal(thread.stepOut().reason, "step");
    assert.equal(standing(thread), "step | ioasid gpa");
  });

  it("stops at stages on its way back as on its way forward", () => {
    const thread = threadOf(TEXT);
    const stages: Stops = {
      ...NO_STOPS,
      inside: [new StageBreakpoint(9, "second"), new StageBreakpoint(8, "device")],
    };
    const forward = [];
    while (thread.forward(stages).reason !== "end") forward.push(standing(thread));
    const back = [];
    for (
      let stop = thread.backward(stages);
      stop.reason === "instruction breakpoint";
      stop = thread.backward(stages)
    )
      back.unshift(standing(thread));
    assert.deepEqual(back, forward);
    assert.equal(back.length, 6);
  });

  it("stops at every finding, of whatever kind", () => {
    const thread = threadOf(TEXT);
    const findings: Stops = { ...NO_STOPS, after: [new FindingStop()] };
    assert.match(thread.forward(findings).text, /^U090: /);
    assert.equal(thread.position.step, thread.timeline.first + 3);
    assert.equal(thread.forward(findings).reason, "end");
  });

  it("can be paused between slices, forward and back, and tells how far it is", () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `  dma nic read ${index}`).join("\n");
    const thread = threadOf(TEXT.replace("  unmap", `${lines}\n  unmap`));
    const run = thread.run(NO_STOPS);
    assert.equal(run.advance(), undefined);
    assert.ok(run.share > 0.2 && run.share < 0.3);
    assert.equal(run.pause().reason, "pause");
    const { step } = thread.position;
    const back = thread.runBack(NO_STOPS);
    thread.travel(thread.timeline.length);
    assert.equal(thread.machine.spaces.size, 1);
    const whole = thread.runBack(NO_STOPS);
    assert.equal(whole.advance(), undefined);
    assert.ok(whole.share > 0.2 && whole.share < 0.4);
    assert.equal(whole.pause().reason, "pause");
    assert.equal(back.advance()?.reason, "entry");
    assert.ok(back.share === 1 && step > thread.position.step);
  });

  it("stops inside a walk, at a stage", () => {
    const thread = threadOf(TEXT);
    thread.forward({ ...NO_STOPS, inside: [new StageBreakpoint(9, "pasid-table")] });
    assert.match(standing(thread), /^instruction breakpoint \| dma nic read 0x1000 \| pasid-table: /);
    thread.forward({ ...NO_STOPS, inside: [new StageBreakpoint(9, "pasid-table")] });
    assert.match(standing(thread), /^instruction breakpoint \| dma nic pasid 7 read 0x1000 \| pasid-table: /);
  });

  it("finds the same states on its way back as on its way forward, in every example", () => {
    for (const name of ["guest-sva", "migration", "illegal-mix", "two-guests"]) {
      const thread = threadOf(readFileSync(`${root}/examples/${name}.ioasid`, "utf8"));
      thread.travel(0);
      const forward = [];
      for (; !thread.isAtEnd; thread.next()) forward.push(stateHash(thread.machine));
      const back = [];
      while (thread.position.step > 0) {
        thread.stepBack();
        back.unshift(stateHash(thread.machine));
      }
      assert.deepEqual(back, forward, name);
    }
  });

  it("explains a refusal by what happened before it, also when it comes back from later", () => {
    const idle = Array.from({ length: 70 }, () => "  info nic").join("\n");
    const thread = threadOf(`${TEXT.split("scenario")[0]}scenario "twice" {
  unmap vm0.gpa 0x0 + 1G
${idle}
  unmap vm0.gpa 0x0 + 1G
  map vm0.gpa 0x0 + 1G -> vm0.ram
${idle}
  unmap vm0.gpa 0x0 + 1G
}
`);
    const { first } = thread.timeline;
    const places = () =>
      thread.result?.diagnostics.flatMap(({ related }) => related.map(({ span }) => span.start));
    thread.travel(first + 71);
    const fresh = places();
    assert.equal(fresh?.length, 1);
    const again = threadOf(thread.timeline.program.sources.get("test.ioasid") ?? "");
    again.travel(again.timeline.length);
    assert.equal(again.machine.spaces.size, 1);
    again.travel(first + 71);
    assert.deepEqual(
      again.result?.diagnostics.flatMap(({ related }) => related.map(({ span }) => span.start)),
      fresh,
    );
  });
});
