import assert from "node:assert/strict";
import { assignment, isProblem, readMemory, type Thread, writeMemory } from "../../engine/debugger/index.js";
import { outcomeText } from "../../engine/language/index.js";
import { threadOf } from "./threads.js";

const TEXT = `iommu vtd { pasid-width 20  nesting hardware  page-requests  ats }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  memory small at 0x9000_0000 + 8K
  process db { pasid 7 }
  bind nic
  ioasid gpa { map 0x0 + 1G -> ram  map 0x4000_0000 + 8K -> small r }
  attach nic -> gpa
  ioasid gva on gpa page-table { pte 0x10_0000 + 4K -> 0x1000  pte 0x10_1000 + 4K -> 0x9000 }
  attach nic pasid 7 -> gva
  dma nic write 0x3000
}
scenario "writes" {
  dma nic write 0x1000 + 2
  dma nic pasid 7 write 0x10_0001
  dma nic read 0x1000
  dma nic pasid 7 write 0x10_0ffe + 4
  dma nic pasid 7 write 0x20_0000 => page-request
  pte vm0.gva 0x20_0000 + 4K -> 0x5000
  respond vm0.gva 0x20_0000 success for nic pasid 7
  dma nic write 0x4000_0000 => fault no-access
}
`;

/** Bytes in hexadecimal, with the number of those that cannot be read; or why there are none. */
function read(thread: Thread, reference: string, offset: number, count: number): string {
  const found = readMemory(thread, reference, offset, count);
  if ("problem" in found) return found.problem;
  const bytes = [...found.bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return found.unreadable > 0 ? `${bytes} (${found.unreadable} unreadable)` : bytes;
}

const at = (step: number): Thread => {
  const thread = threadOf(TEXT);
  thread.travel(thread.timeline.first + step);
  return thread;
};

const RAM = "0x100000000";

describe("the memory of a scenario", () => {
  it("tells which statement wrote a byte last, at every moment", () => {
    assert.equal(read(at(0), RAM, 0x1000, 3), "00 00 00");
    assert.equal(read(at(1), RAM, 0x1000, 3), "01 01 00");
    const thread = at(3);
    assert.equal(read(thread, RAM, 0x1000, 3), "01 02 00");
    thread.travel(thread.timeline.first + 1);
    assert.equal(read(thread, RAM, 0x1000, 3), "01 01 00", "going back takes it back");
  });

  it("marks what the start state wrote", () => {
    assert.equal(read(at(0), RAM, 0x3000, 2), "ff 00");
  });

  it("is the same memory behind every space that maps it", () => {
    assert.equal(read(at(2), "vm0.gva:0x100000", 0, 3), "01 02 00");
    assert.equal(read(at(2), "vm0.gva:0x100001", -1, 3), "01 02 00");
    assert.equal(read(at(2), "vm0.gpa:0x0", 0x1000, 3), "01 02 00");
  });

  it("follows a transfer whose pages lie apart, and one that a page response resumed", () => {
    assert.equal(read(at(4), RAM, 0x1ffd, 4), "00 04 04 00");
    assert.equal(read(at(4), RAM, 0x9000, 3), "04 04 00");
    assert.equal(read(at(6), RAM, 0x5000, 1), "00");
    assert.equal(read(at(7), RAM, 0x5000, 1), "07");
  });

  it("ends where nothing is mapped, and says how far that goes", () => {
    const thread = at(0);
    assert.equal(read(thread, "vm0.gva:0x101ffe", 0, 0x1002), "00 00 (4096 unreadable)");
    assert.equal(read(thread, "vm0.gva:0xff000", 0xffe, 4), " (2 unreadable)");
    assert.equal(read(thread, "0x0", 0, 16), " (16 unreadable)");
    assert.equal(read(thread, "0xffffffffffffffff", 0, 16), " (1 unreadable)");
  });

  it("is written by a person, through any space that maps it for writing, until one goes back before it", () => {
    const thread = at(2);
    assert.equal(writeMemory(thread, "vm0.gva:0x100000", 1, Uint8Array.of(0xaa, 0xbb), false), 2);
    assert.equal(read(thread, RAM, 0x1000, 4), "01 aa bb 00");
    assert.equal(read(thread, RAM, 0x1002, 2), "bb 00");
    thread.stepBack();
    assert.equal(read(thread, RAM, 0x1000, 4), "01 01 00 00");
    thread.next();
    assert.equal(read(thread, RAM, 0x1000, 4), "01 aa bb 00");
  });

  it("keeps what a person wrote when a step is put in before it", () => {
    const thread = at(2);
    writeMemory(thread, RAM, 0, Uint8Array.of(1), false);
    const made = assignment("vm0.db", "9", thread.machine);
    assert.ok(!("problem" in made));
    thread.timeline.insert(thread.timeline.first, made);
    thread.travel(thread.timeline.first + 2);
    assert.equal(read(thread, RAM, 0, 1), "00");
    thread.next();
    assert.equal(read(thread, RAM, 0, 1), "01");
    assert.equal(read(thread, RAM, 0x1000, 3), "02 03 00", "the statements count from the new step on");
  });

  it("refuses what no device could write, in part or whole", () => {
    const thread = at(0);
    const two = new Uint8Array(2).fill(1);
    assert.deepEqual(writeMemory(thread, "vm0.gpa:0x40000000", 0, two, true), {
      problem: "0x40000000 is mapped r: no device could write there.",
    });
    assert.deepEqual(writeMemory(thread, "vm0.gva:0x101fff", 0, two, false), {
      problem: "There is no memory behind 0x102000.",
    });
    assert.equal(writeMemory(thread, "vm0.gva:0x101fff", 0, two, true), 1);
    assert.equal(read(thread, RAM, 0x9fff, 1), "01");
  });

  it("says what is wrong with a place", () => {
    const thread = at(0);
    assert.match(read(thread, "ram", 0, 1), /"ram" is no place in memory/);
    assert.match(read(thread, "vm0.old:0x0", 0, 1), /There is no space "vm0.old"/);
    assert.match(read(thread, "0x0", -1, 1), /-1 bytes from 0x0 there is no address/);
    assert.match(read(thread, "0x0", 0, 2 ** 25), /At most/);
    const wrong = writeMemory(thread, "ram", 0, Uint8Array.of(1), false);
    assert.ok(typeof wrong !== "number" && isProblem(wrong));
  });
});

describe("what ENQCMD writes", () => {
  it("is marked as what a DMA writes; a call writes nothing", () => {
    const thread = threadOf(`iommu vtd { pasid-width 20  nesting hardware }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  bind wq0
  ioasid gpa { map 0x0 + 1G -> ram }
  attach wq0 -> gpa
  attach wq0 pasid 7 -> gpa
  kvm map pasid 7 -> gpa
}
scenario "submits" {
  enqcmd db to wq0 write 0x1000
  enqcmds vm0 pasid 7 to wq0 write 0x1001
  enqcmd db to wq0 read 0x1002
  info wq0
}
`);
    thread.travel(thread.timeline.length);
    assert.equal(read(thread, RAM, 0xfff, 5), "00 01 02 00 00");
  });
});

describe("an assignment", () => {
  /** The statement that it makes with what comes of it, or why there is none. */
  function set(expression: string, value: string): string {
    const thread = at(0);
    const made = assignment(expression, value, thread.machine);
    if ("problem" in made) return made.problem;
    const { timeline, position } = thread;
    const { outcome } = timeline.attempt(position.step, made);
    return `${made.text} => ${outcome && outcomeText(timeline.program.platform, outcome)}`;
  }

  it("is the honest operation of the guest", () => {
    assert.equal(set("vm0.db", "0x9"), "set-pasid vm0.db 9 => ok");
    assert.equal(set("db", " none "), "set-pasid vm0.db none => ok");
    assert.equal(set("page vm0.gva 0x10_0123", "0x2000 r"), "pte vm0.gva 0x100000 + 4K -> 0x2000 r => ok");
    assert.equal(set("page vm0.gva 0x20_0000 + 2M", "0"), "pte vm0.gva 0x200000 + 2M -> 0x0 rw => ok");
    assert.equal(set("page vm0.gva 0x10_0000", "none"), "pte vm0.gva 0x100000 + 4K none => ok");
    assert.equal(set("page vm0.gva 0x10_0000", "0x2001"), "pte vm0.gva 0x100000 + 4K -> 0x2001 rw => EINVAL");
  });

  it("that nobody can make is refused with what could be", () => {
    for (const [expression, value, why] of [
      ["vm0.db", "0x10_0000", /20 bits/],
      ["vm0.db", "seven", /20 bits/],
      ["vm0.gpa", "1", /What can be set/],
      ["page vm0.gpa 0x0", "0x0", /The guest writes no page table for vm0\.gpa/],
      ["page vm0.gva 0x0 0x0", "0x0", /What can be set/],
      ["page vm0.old 0x0", "0x0", /There is no space "vm0\.old"/],
      ["page vm0.gva", "0x0", /An address or a range is missing/],
      ["page vm0.gva 0x0", "ram", /an address of the parent/],
      ["page vm0.gva 0x0", "0x0 wx", /an address of the parent/],
      ["page vm0.gva 0x0", "0x0 r w", /an address of the parent/],
      ["page vm0.gva 0x0", "0x0 7", /an address of the parent/],
    ] as const) {
      assert.match(set(expression, value), why, `${expression} = ${value}`);
    }
  });
});
