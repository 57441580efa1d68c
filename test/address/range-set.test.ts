import assert from "node:assert/strict";
import fc from "fast-check";
import { MAX_ADDRESS, type Range, RangeSet, ZERO } from "../../engine/address/index.js";
import { bounds, span } from "./helpers.js";

const BITS = 200;

function shape(set: RangeSet): [bigint, bigint][] {
  return set.ranges.map(bounds);
}

describe("RangeSet", () => {
  it("joins ranges that overlap or touch, in whatever order they come", () => {
    const set = RangeSet.of([span(30, 39), span(0, 9), span(10, 12), span(5, 7), span(14, 20)]);
    assert.deepEqual(shape(set), [
      [0n, 12n],
      [14n, 20n],
      [30n, 39n],
    ]);
  });

  it("knows the empty set", () => {
    assert.equal(RangeSet.of([]).isEmpty, true);
    assert.equal(RangeSet.of([span(0, 0)]).isEmpty, false);
    assert.equal(RangeSet.of([span(3, 5)]).subtract(RangeSet.of([span(0, 9)])).isEmpty, true);
  });

  it("reaches both ends of the 64-bit space", () => {
    const all = RangeSet.of([{ start: ZERO, last: MAX_ADDRESS }]);
    const middle = RangeSet.of([span(1n, (1n << 64n) - 2n)]);
    const ends = all.subtract(middle);
    assert.deepEqual(shape(ends), [
      [0n, 0n],
      [(1n << 64n) - 1n, (1n << 64n) - 1n],
    ]);
    assert.deepEqual(shape(ends.union(middle)), shape(all));
    assert.deepEqual(shape(all.union(ends)), shape(all));
    assert.deepEqual(shape(all.subtract(ends)), shape(middle));
  });

  it("names the first bytes of a range that are missing", () => {
    const set = RangeSet.of([span(10, 19), span(30, 39)]);
    const missing = (range: Range) => {
      const found = set.firstMissing(range);
      return found && bounds(found);
    };
    assert.deepEqual(missing(span(0, 50)), [0n, 9n]);
    assert.deepEqual(missing(span(10, 50)), [20n, 29n]);
    assert.deepEqual(missing(span(15, 25)), [20n, 25n]);
    assert.deepEqual(missing(span(35, 60)), [40n, 60n]);
    assert.equal(missing(span(30, 39)), undefined);
  });

  it("stays linear: sets of 200,000 ranges subtract and unite in one pass", () => {
    const even = RangeSet.of(Array.from({ length: 200_000 }, (_, i) => span(i * 4, i * 4)));
    const all = RangeSet.of([span(0, 800_000)]);
    assert.equal(all.subtract(even).ranges.length, 200_000);
    assert.equal(even.intersect(all).ranges.length, 200_000);
    assert.equal(even.union(all).ranges.length, 1);
    assert.equal(even.subtract(all).isEmpty, true);
  });

  it("agrees with a bitmap", () => {
    const range = fc
      .tuple(fc.nat(BITS - 1), fc.nat(30))
      .map(([start, length]) => span(start, Math.min(BITS - 1, start + length)));
    const list = fc.array(range, { maxLength: 15 });
    fc.assert(
      fc.property(list, list, range, (first, second, probe) => {
        const [a, b] = [bitmap(first), bitmap(second)];
        const [x, y] = [RangeSet.of(first), RangeSet.of(second)];
        assert.deepEqual(shape(x), runs(a));
        assert.deepEqual(shape(x.union(y)), runs(a.map((bit, i) => bit || b[i]!)));
        assert.deepEqual(shape(x.intersect(y)), runs(a.map((bit, i) => bit && b[i]!)));
        assert.deepEqual(shape(x.subtract(y)), runs(a.map((bit, i) => bit && !b[i]!)));
        const [start, last] = bounds(probe).map(Number) as [number, number];
        const missing = runs(a.map((bit, i) => !bit && start <= i && i <= last))[0];
        const found = x.firstMissing(probe);
        assert.deepEqual(found && bounds(found), missing);
        assert.equal(x.covers(probe), missing === undefined);
      }),
      { numRuns: 2000 },
    );
  });
});

function bitmap(ranges: readonly Range[]): boolean[] {
  const bits = new Array<boolean>(BITS).fill(false);
  for (const range of ranges) {
    const [start, last] = bounds(range).map(Number) as [number, number];
    bits.fill(true, start, last + 1);
  }
  return bits;
}

function runs(bits: readonly boolean[]): [bigint, bigint][] {
  const result: [bigint, bigint][] = [];
  for (let i = 0; i < BITS; i += 1) {
    if (!bits[i]) continue;
    const start = i;
    while (i + 1 < BITS && bits[i + 1]) i += 1;
    result.push([BigInt(start), BigInt(i)]);
  }
  return result;
}
