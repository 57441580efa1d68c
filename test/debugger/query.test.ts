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

  it("takes names with their owner and without, and tells where one is not enough", () => {
    assert.equal(ask("vm0.gva"), "vm0.gva: page-table, 1 mapping, 2 devices");
    assert.equal(ask("vm1"), "owner vm1");
    assert.equal(ask("nic"), "pdev of category 3");
    assert.equal(ask("dsa"), "pdev of category none");
    assert.equal(ask("vm1.ram"), "host-physical 0x140000000");
    assert.match(ask("ram"), /^problem: "ram" can be vm0\.ram or vm1\.ram; write which/);
    assert.match(ask("page gva 0x0"), /^problem: "gva" can be vm0\.gva or vm1\.gva; write which/);
    assert.match(ask("vm0.rom"), /There is no name "vm0\.rom"/);
    assert.match(ask("page vm0.old 0x0"), /There is no space "vm0\.old" at this moment/);
    assert.match(ask("who maps rom"), /There is no memory "rom"/);
  });

  it("reads numbers, ranges and regions as a file has them", () => {
    assert.equal(ask("4K == 0x1000 && 1G > 1M && 0x1_0000 < 64_000_000"), "true");
    assert.equal(ask("2P >= 2P && 3 <= 2"), "false");
    assert.match(ask("who maps 0x100200000..0x100200fff"), /^wq0, wq0 pasid 7/);
    assert.match(ask("who maps vm0.ram[0x0..0xfff]"), /^wq0/);
    assert.match(ask("who maps 0x100200000 + 0"), /A length is at least one byte/);
    assert.match(ask("who maps 0xffff_ffff_ffff_ffff + 2"), /The range ends beyond 2\^64/);
    assert.match(ask("who maps 0x1000 +"), /A length is missing after "\+"/);
    assert.match(ask("who maps 0x1000.."), /The last address is missing/);
    assert.match(ask("who maps vm0.ram[]"), /An offset is missing/);
    assert.match(ask("page vm0.gva 0x0.."), /The last address is missing/);
    assert.match(ask("ppasid nic 0x1_0000_0000"), /A PASID is below 2\^32/);
    assert.match(ask("kvm vm0 0x1_0000_0000"), /A PASID is below 2\^32/);
    assert.match(ask("translate nic 99999999999999999999"), /more than 64 bits/);
  });

  it("says what a device reads, writes and executes, and what is not attached", () => {
    assert.match(ask("translate nic pasid 7 0x7f00_0000_1000 exec"), /^fault exec-disabled/);
    assert.match(ask("translate nic pasid 9 0x1000"), /^fault no-pasid-entry wire 9: /);
    assert.match(ask("translate wq0 pasid 9 0x1000"), /^fault/);
    assert.equal(ask("entry wq0 3"), "vm0.gva · wq0 vPASID 7 · attached · global");
    assert.equal(ask("entry nic 9"), "none");
    assert.equal(ask("entry nic 0"), "vm0.gpa · nic · default · rid");
  });

  it("shows one mapping of a space, several, and none", () => {
    assert.equal(ask("page vm0.gva 0x7f00_0000_0000 + 2M"), "0x200000 rw");
    assert.equal(ask("page vm0.gva 0x0 + 4K"), "none");
    assert.equal(ask("page vm0.gva 0x0"), "none");
  });

  it("tells of the whole table of a VM, also what is missing in it", () => {
    const unmap = (thread: ReturnType<typeof threadOf>) => {
      const operation = { kind: "kvm-unmap", origin: -1, owner: 0, pasid: 7 } as const;
      thread.timeline.insert(thread.position.step, { operation, text: "kvm unmap vm0 pasid 7" });
      thread.travel(thread.position.step + 1);
    };
    const thread = threadOf(TEXT);
    unmap(thread);
    const answer = evaluate("kvm vm0", thread);
    assert.ok(!isProblem(answer));
    assert.deepEqual(answer.lines, [{ name: "vPASID 7", value: "missing, needed by wq0" }]);
    assert.equal(ask("kvm vm0 7", unmap), "none");
  });

  it("reaches everything of an owner, of a device, and of any PASID of it", () => {
    assert.equal(ask("reach vm0"), "vm0.ram");
    assert.equal(ask("reach nic"), "vm0.ram");
    assert.equal(ask("reach nic pasid any"), "vm0.ram");
    for (const [query, problem] of [
      ["reach", /The name of a device is missing/],
      ["reach nic pasid", /A PASID or `any` is missing/],
      ["diff", /"since" is missing/],
      ["diff since", /`start` or a number of statements is missing/],
      ["page", /The name of a space is missing/],
      ["entry nic", /A PASID is missing/],
      ["who", /Write `who maps`/],
      ["kvm", /The name of a guest or native owner is missing/],
      ["wire ==", /missing after "=="/],
      ["== 3", /missing before "=="/],
    ] as const) {
      assert.match(ask(query), problem, query);
    }
  });

  it("has nothing to say of a statement at the end of a scenario", () => {
    const end = (thread: ReturnType<typeof threadOf>) => void thread.travel(thread.timeline.length);
    for (const fact of ["outcome", "fault", "code", "errno", "rule", "wire", "hpa", "passed"]) {
      assert.equal(ask(fact, end), "none", fact);
    }
    assert.equal(ask("diff since 0", end), "Nothing has changed since before the end.");
  });

  it("orders and compares numbers, addresses and words", () => {
    const thread = threadOf(TEXT);
    thread.travel(thread.timeline.first + 4);
    for (const query of [
      "hpa > 0x1000 && hpa >= vm0.ram && !(hpa < vm0.ram) && !(hpa <= vm0.ram)",
      "wire != 4 && wire <= 3 && wire >= 3 && !(wire < 3) && !(wire > 3)",
      'fault == "none" || missing == nothing',
      "passed == true && (false == false)",
    ]) {
      assert.ok(holds(query, thread), query);
    }
    assert.ok(!holds("translate nik", thread), "what makes no sense does not hold");
    assert.ok(!holds("none", thread));
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
