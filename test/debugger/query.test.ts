import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { evaluate, holds, isProblem } from "../../engine/debugger/index.js";
import { stateHash } from "../../engine/simulator/index.js";
import { root } from "../helpers/marks.js";
import { threadOf } from "./threads.js";

const TEXT = readFileSync(`${root}/examples/guest-sva.ioasid`, "utf8");

/** What a query says at the first statement of the example, or why it says nothing. */
function ask(query: string, go: (thread: ReturnType<typeof threadOf>) => void = () => {}): string {
  const thread = threadOf(TEXT);
  go(thread);
  const answer = evaluate(query, thread);
  return isProblem(answer) ? `problem: ${answer.problem}` : answer.text;
}

describe("a query", () => {
  it("translates for a device, and leaves the machine as it is", () => {
    const thread = threadOf(TEXT);
    const before = stateHash(thread.machine);
    const answer = evaluate("translate nic pasid 7 0x7f00_0000_1000 write", thread);
    assert.ok(!isProblem(answer));
    assert.match(answer.text, /^vm0\.ram\[0x20_1000\] wire 7: host-physical 0x100201000/);
    assert.equal(answer.lines?.at(0)?.name, "device");
    assert.equal(answer.lines?.at(-1)?.name, "result");
    assert.equal(stateHash(thread.machine), before);
  });

  it("says who reaches and who writes memory", () => {
    assert.equal(ask("who maps vm0.ram[0x20_1000]"), "wq0, wq0 pasid 7, nic, nic pasid 7");
    assert.equal(ask("who writes vm1.ram[0x20_1000 + 4K]"), "wq1, wq1 pasid 7");
    assert.match(ask("who writes 0x1"), /^Nobody writes to 0x1/);
  });

  it("knows PASIDs and KVM slots", () => {
    assert.equal(ask("ppasid wq0 7"), "3 (0x3)");
    assert.equal(ask("ppasid wq0"), "1 (0x1)");
    assert.equal(ask("ppasid nic 9"), "none");
    assert.equal(ask("kvm vm0 7"), "3 (0x3)");
    assert.equal(ask("kvm vm0"), "CPU translation on, 1 mapped");
    assert.equal(ask("vm0.db"), "7 (0x7)");
  });

  it("tells what a device and an owner reach", () => {
    assert.equal(ask("reach nic pasid 7"), "vm0.ram");
    assert.equal(ask("reach vm1"), "vm1.ram");
    assert.equal(ask("reach nic pasid 9"), "It reaches no memory.");
  });

  it("tells what is different since the start, and since some statements ago", () => {
    assert.match(ask("diff since start"), /^Nothing has changed/);
    const dma = (thread: ReturnType<typeof threadOf>) => void thread.travel(thread.timeline.first + 6);
    assert.match(ask("diff since start", dma), /^2 differences since before `assert ppasid wq0 == 1`$/);
    assert.match(ask("diff since 1", dma), /^1 differences? since before `dma wq0 read 0x1000`$/);
  });

  it("speaks of the statement, and compares", () => {
    const thread = threadOf(TEXT);
    thread.travel(thread.timeline.first + 4);
    assert.ok(holds("wire == 3 && passed", thread));
    assert.ok(holds('outcome == "vm0.ram[0x20_1000] wire 3"', thread));
    assert.ok(holds("ppasid wq0 7 >= 0x3 && !(kvm vm0 7 != 3)", thread));
    assert.ok(holds("fault == none || false", thread));
    assert.ok(!holds("hpa < 0x1_0000_0000", thread));
    assert.ok(holds("hpa == vm0.ram", thread) === false);
    assert.ok(holds("step == 5", thread));
  });

  it("that makes no sense is answered with what would", () => {
    for (const [query, problem] of [
      ["", /A question, a name or a number is missing in an empty query/],
      ["translate", /The name of a device is missing after "translate"/],
      ["translate nik 0x1000", /There is no device "nik"/],
      ["translate nic pasid", /A PASID is missing after "pasid"/],
      ["who maps ram", /"ram" can be vm0.ram or vm1.ram; write which/],
      ["who maps vm0.ram[0x10", /"\]" is missing/],
      ["kvm vm9 7", /There is no owner "vm9"/],
      ["wire == 3 3", /Nothing may stand/],
      ["nonsense", /There is no name "nonsense"/],
      ["constructor", /There is no name "constructor"/],
      ["0x1_0000_0000_0000_0000", /more than 64 bits/],
      ["wire < nonsense", /have no order/],
      ["((", /missing/],
      ["\u0000 ~", /missing|no query/],
    ] as const) {
      assert.match(ask(query), new RegExp(`^problem: .*${problem.source}`), query);
    }
  });
});
