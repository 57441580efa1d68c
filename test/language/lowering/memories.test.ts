import assert from "node:assert/strict";
import { toHex } from "../../../engine/address/index.js";
import { compileText, told } from "./host.js";

function backings(text: string): Record<string, string> {
  const program = compileText(text);
  assert.deepEqual(told(program), []);
  return Object.fromEntries(program.platform.memories.map(({ name, physical }) => [name, toHex(physical)]));
}

describe("the host-physical memory behind a memory", () => {
  it("is given in file order from 4 GiB on, aligned to 1 GiB", () => {
    assert.deepEqual(
      backings(
        "guest vm0 { memory a at 0x0 + 1G  memory b at 0x1_0000_0000 + 4K  memory c at 0x2_0000_0000 + 1G }",
      ),
      {
        a: "0x100000000",
        b: "0x140000000",
        c: "0x180000000",
      },
    );
  });

  it("takes as many whole GiB as it needs", () => {
    assert.deepEqual(backings("guest vm0 { memory a at 0x0 + 1025M }\nguest vm1 { memory b at 0x0 + 4K }"), {
      a: "0x100000000",
      b: "0x180000000",
    });
  });

  it("is where `backed-by` says, and everything else stays clear of it", () => {
    const text = `guest vm0 { memory a at 0x0 + 2G  memory b at 0x1_0000_0000 + 1G }
      guest vm1 { memory c at 0x0 + 1G backed-by 0x1_4000_0000  memory d at 0x1_0000_0000 + 4K backed-by 0x2_0000_0000 }`;
    assert.deepEqual(backings(text), {
      a: "0x180000000",
      b: "0x240000000",
      c: "0x140000000",
      d: "0x200000000",
    });
  });

  it("may be fixed below 4 GiB and anywhere on a page", () => {
    assert.deepEqual(backings("guest vm0 { memory a at 0x0 + 4K backed-by 0x7000 }"), { a: "0x7000" });
  });

  it("is found in bounded time among thousands of fixed ones", () => {
    const fixed = Array.from({ length: 3000 }, (_, n) => {
      const address = (0x1_0000_0000 + n * 2 ** 30).toString(16);
      return `memory f${n} at 0x${address} + 4K backed-by 0x${address}`;
    });
    const free = Array.from({ length: 3000 }, (_, n) => `memory m${n} at 0x${(n * 4096).toString(16)} + 4K`);
    const found = backings(`guest vm0 { ${fixed.join("\n")} }\nguest vm1 { ${free.join("\n")} }`);
    assert.equal(found.m0, toHex({ page: 0x10_0000 + 3000 * 0x4_0000, offset: 0 }));
  });
});

describe("a memory that cannot be", () => {
  const ids = (text: string): string[] => told(compileText(text));

  it("meets the fixed backing of another", () => {
    const text = `guest vm0 { memory a at 0x0 + 1G backed-by 0x1_0000_0000 }
      guest vm1 { memory b at 0x0 + 1G backed-by 0x1_2000_0000 }`;
    assert.deepEqual(ids(text), [`S048 "b"`]);
  });

  it("meets the virtual addresses of another one of its owner", () => {
    assert.deepEqual(ids("guest vm0 { memory a at 0x0 + 1G  memory b at 0x3fff_f000 + 4K }"), [`S049 "b"`]);
    assert.deepEqual(ids("guest vm0 { memory a at 0x0 + 1G }\nguest vm1 { memory b at 0x0 + 1G }"), []);
  });

  it("of several, the one declared later is to blame, wherever it lies", () => {
    assert.deepEqual(ids("guest vm0 { memory a at 0x1000 + 8K  memory b at 0x0 + 8K }"), [`S049 "b"`]);
    assert.deepEqual(
      ids("guest vm0 { memory a at 0x0 + 1G  memory b at 0x1000 + 4K  memory c at 0x8000 + 4K }"),
      [`S049 "b"`, `S049 "c"`],
    );
  });

  it("is not made of whole pages", () => {
    assert.deepEqual(ids("guest vm0 { memory a at 0x800 + 4K }"), [`S048 "0x800 + 4K"`]);
    assert.deepEqual(ids("guest vm0 { memory a at 0x0 + 4K backed-by 0x10 }"), [`S048 "0x10"`]);
  });

  it("ends past 2^64", () => {
    assert.deepEqual(ids("guest vm0 { memory a at 0x0 + 8K backed-by 0xffff_ffff_ffff_f000 }"), [
      `S048 "0xffff_ffff_ffff_f000"`,
    ]);
    assert.deepEqual(ids("guest vm0 { memory a at 0x0..0xffff_ffff_ffff_ffff }"), [`S048 "a"`]);
  });

  it("is not told again where its name is used", () => {
    assert.deepEqual(ids("guest vm0 { memory a at 0x800 + 4K  ioasid gpa { map 0x0 + 4K -> a } }"), [
      `S048 "0x800 + 4K"`,
    ]);
  });
});
