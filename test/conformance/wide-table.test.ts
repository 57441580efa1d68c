import assert from "node:assert/strict";
import { replay } from "../../cli/conform/replay.js";

/** Plays `VAR = operation arguments => errno [out]`, a line each, and gives what came out otherwise. */
function differences(text: string): string[] {
  const lines = text.trim().split(/\n\s*/);
  const parsed = lines.map((line) => {
    const [, variable, op = "", args = "", errno = "", out] =
      /^(?:(\w+) = )?(\w+)(?: (.*?))? => (\w+)(?: (.*))?$/.exec(line) ?? assert.fail(line);
    const operation = { op, args: args === "" ? [] : args.split(" "), ...(variable && { var: variable }) };
    return { operation, result: { errno, ...(out && { out }) } };
  });
  const { differences: found } = replay({
    family: "by hand",
    seed: 0,
    ops: parsed.map(({ operation }) => operation),
    results: parsed.map(({ result }) => result),
  });
  return found.map(({ at, actual }) => `${lines[at]}, but ${actual.errno} ${actual.out ?? ""}`);
}

/** The page table of type 1 of the selftest keeps the aperture of its format, which is all 64 bits. */
describe("a page table that is wider than the machine", () => {
  it("takes areas at any IOVA, and gives them back", () =>
    assert.deepEqual(
      differences(`
        io = ioas_alloc => 0
        d = mock $io => 0 hwpt=new
        wide = ioas_alloc => 0
        h = hwpt_alloc $d.idev $wide 0 0xdead 0 0 - 1 => 0
        ranges $wide => 0 n=1 align=0x1000 [0x0-0xffffffffffffffff]
        map $wide rwf 0xffffffffffffe000 @0 0x1000 => 0 iova=0xffffffffffffe000
        check_map $h 0xffffffffffffe000 0x1000 @0 => 0
        unmap $wide 0xffffffffffffe000 0x1000 => 0 length=0x1000
        map $wide rwf 0x10000000000000 @0 0x100000 => 0 iova=0x10000000000000
        unmap $wide 0 0xffffffffffffffff => 0 length=0x100000
      `),
      [],
    ));

  it("is filled with what its IOAS maps already, where that is made of whole pages", () =>
    assert.deepEqual(
      differences(`
        io = ioas_alloc => 0
        d = mock $io => 0 hwpt=new
        wide = ioas_alloc => 0
        map $wide rwf 0x8000000000001000 @0 0x1000 => 0 iova=0x8000000000001000
        h = hwpt_alloc $d.idev $wide 0 0xdead 0 0 - 1 => 0
        check_map $h 0x8000000000001000 0x1000 @0 => 0
        map $wide rwf 0x1800 @0x800 0x1000 => EINVAL
        destroy $h => 0
        map $wide rwf 0x1800 @0x800 0x1000 => 0 iova=0x1800
        h = hwpt_alloc $d.idev $wide 0 0xdead 0 0 - 1 => EADDRINUSE
      `),
      [],
    ));
});
