import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import {
  type SavedScenario,
  savedScenario,
  Thread,
  Timeline,
  traceJson,
  traceText,
} from "../../engine/debugger/index.js";
import { compile, runToEnd } from "../../engine/language/index.js";
import { root } from "../helpers/marks.js";
import { threadOf } from "./threads.js";

const TEXT = `iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  bind nic
  ioasid gpa { map 0x0 + 1G -> ram }
  attach nic -> gpa
}
scenario "a day" {
  allow P006
  ioasid vm0.gva on vm0.gpa page-table { pte 0x1000 + 4K -> 0x5000  // the first page
    pte 0x2000 + 4K -> 0x6000 }
  attach nic pasid 7 -> vm0.gva
  dma nic pasid 7 read 0x1000
  dma nic pasid 9 read 0x1000 => fault
  assert ppasid nic pasid 7 == 7
  assert ppasid nic pasid 7 == 8
  dma nic pasid 7 read 0x3000 => page-request
  dma nic pasid 7 read 0x4000 => page-request
  pte vm0.gva 0x3000 + 4K -> 0x7000
  respond vm0.gva 0x3000 success for nic => ram[0x7000]
  allow P028
  map vm0.gpa 0x0 + 4K -> ram => EEXIST
}
`;

const save = (thread: Thread, title?: string): SavedScenario => {
  const saved = savedScenario(thread, title);
  assert.ok(!("problem" in saved));
  return saved;
};

/** Titles of the scenarios of a text that do not pass, and the errors of the text itself. */
function failures(text: string, titles: readonly string[]): string[] {
  const host = { read: () => text, resolve: () => ({ error: "there is no other file" }) };
  const program = compile("test.ioasid", host);
  const errors = program.diagnostics.filter(({ severity }) => severity === "error");
  const run = runToEnd(program, {});
  const failed = run.scenarios.filter(({ passed, scenario }) => !passed && titles.includes(scenario.title));
  return [...errors.map(({ message }) => message), ...failed.map(({ scenario }) => scenario.title)];
}

describe("what happened in the debugger", () => {
  it("is written as a scenario of its own, with every outcome after =>", () => {
    const thread = threadOf(TEXT);
    thread.travel(thread.timeline.length);
    const { title, text } = save(thread);
    assert.equal(title, "a day 2");
    assert.equal(
      text,
      `scenario "a day 2" {
  allow P006
  ioasid vm0.gva on vm0.gpa page-table
  pte vm0.gva 0x1000 + 4K -> 0x5000
  pte vm0.gva 0x2000 + 4K -> 0x6000
  attach nic pasid 7 -> vm0.gva
  dma nic pasid 7 read 0x1000 => ram[0x5000] wire 7
  dma nic pasid 9 read 0x1000 => fault no-pasid-entry wire 9
  assert ppasid nic pasid 7 == 7
  // Does not hold here, it is 7: assert ppasid nic pasid 7 == 8
  dma nic pasid 7 read 0x3000 => page-request wire 7
  dma nic pasid 7 read 0x4000 => page-request wire 7
  pte vm0.gva 0x3000 + 4K -> 0x7000
  respond vm0.gva 0x3000 success for nic => ram[0x7000] wire 7
  allow P028
  map vm0.gpa 0x0 + 4K -> ram => EEXIST
}
`,
    );
    assert.deepEqual(failures(TEXT + text, [title]), []);
  });

  it("is written up to where one stands, with what was made by hand", () => {
    const thread = threadOf(TEXT);
    const { timeline } = thread;
    const made = {
      operation: { kind: "set-pasid", origin: -1, process: 0, pasid: 9 },
      text: "set-pasid vm0.db 9",
    } as const;
    timeline.insert(1, made);
    thread.travel(timeline.first + 1);
    timeline.insert(timeline.first + 1, made);
    thread.travel(timeline.first + 2);
    const { text } = save(thread, "mine");
    assert.equal(
      text,
      `scenario "mine" {
  // In the start state by hand: set-pasid vm0.db 9
  allow P006
  ioasid vm0.gva on vm0.gpa page-table
  set-pasid vm0.db 9
}
`,
    );
    assert.deepEqual(failures(TEXT + text, ["mine"]), []);
  });

  it("is nothing before the first step", () => {
    assert.match(JSON.stringify(savedScenario(threadOf(TEXT))), /nothing to save/);
  });

  it("has a title that no scenario has", () => {
    const thread = threadOf(`${TEXT}scenario "a day 2" {}\n`);
    thread.next();
    assert.equal(save(thread).title, "a day 3");
  });

  it("passes when it is run, for every scenario of every example", () => {
    for (const name of readdirSync(`${root}/examples`).filter((each) => each.endsWith(".ioasid"))) {
      const text = readFileSync(`${root}/examples/${name}`, "utf8");
      if (text.includes("import ")) continue;
      const host = { read: () => text, resolve: () => ({ error: "there is no other file" }) };
      const program = compile("test.ioasid", host);
      const saved = program.scenarios.map((scenario) => {
        const thread = new Thread(1, new Timeline(program, scenario));
        thread.travel(thread.timeline.length);
        return save(thread);
      });
      const all = [text, ...saved.map((each) => each.text)].join("\n");
      assert.deepEqual(
        failures(
          all,
          saved.map(({ title }) => title),
        ),
        [],
        name,
      );
    }
  });

  it("has one line for the requests of a response that end alike, and says where they do not", () => {
    const text = TEXT.replace(
      '"a day" {',
      `"a day" {
      ioasid vm0.one on vm0.gpa page-table
      attach nic pasid 8 -> vm0.one
      dma nic pasid 8 read 0x1000 => page-request
      dma nic pasid 8 write 0x1000 => page-request
      pte vm0.one 0x1000 + 4K -> 0x5000 r
      respond vm0.one 0x1000 success for nic`,
    );
    const thread = threadOf(text);
    thread.travel(thread.timeline.first + 6);
    assert.match(save(thread).text, /\/\/ ram\[0x5000\] wire 8, page-request wire 8: respond vm0\.one/);
  });
});

describe("a trace", () => {
  it("tells each step with its place, its outcome and the stages of its walk", () => {
    const thread = threadOf(TEXT);
    const made = {
      operation: { kind: "set-pasid", origin: -1, process: 0, pasid: 9 },
      text: "set-pasid vm0.db 9",
    } as const;
    thread.timeline.insert(thread.timeline.first, made);
    thread.travel(thread.timeline.first + 5);
    thread.stepIn();
    const lines = traceText(thread).split("\n");
    assert.deepEqual(lines.slice(0, 7), [
      'test.ioasid: scenario "a day"',
      "by hand: set-pasid vm0.db 9 => ok",
      "line 12: ioasid vm0.gva on vm0.gpa page-table => ok",
      "line 12: pte 0x1000 + 4K -> 0x5000 => ok",
      "line 13: pte 0x2000 + 4K -> 0x6000 => ok",
      "line 14: attach nic pasid 7 -> vm0.gva => ok",
      "line 15: dma nic pasid 7 read 0x1000 => ram[0x5000] wire 7",
    ]);
    assert.match(lines[7] ?? "", /^ {4}device: nic asks for 0x1000 of vPASID 7/);
    assert.equal(traceText(threadOf(TEXT)), 'test.ioasid: scenario "a day"\n');
  });

  it("tells the findings of a step", () => {
    const thread = threadOf(TEXT);
    thread.travel(thread.timeline.length);
    assert.match(traceText(thread), /== 8 => 7\n {4}U091: /);
  });

  it("is the same as plain values", () => {
    const thread = threadOf(TEXT);
    thread.travel(thread.timeline.first + 5);
    const { version, scenario, steps } = traceJson(thread);
    assert.deepEqual([version, scenario, steps.length], [1, "a day", 5]);
    const { text, outcome, wire, byHand, stages } = steps.at(-1)!;
    assert.deepEqual(
      [text, outcome, wire, byHand],
      ["dma nic pasid 7 read 0x1000", "ram[0x5000] wire 7", 7, false],
    );
    assert.equal(stages.at(-1)?.kind, "result");
  });
});
