import assert from "node:assert/strict";
import fc from "fast-check";
import {
  add,
  compare,
  contains,
  covers,
  equal,
  fitsAt,
  fromBigInt,
  fromBytes,
  intersection,
  lengthOf,
  MAX_ADDRESS,
  max,
  min,
  next,
  overlaps,
  previous,
  type Range,
  rangeOfLength,
  subtract,
  toBigInt,
  toBytes,
  toHex,
  without,
  ZERO,
} from "../../engine/address/index.js";
import { anyAddress, at, bounds, span } from "./helpers.js";

const LIMIT = 1n << 64n;

describe("Address", () => {
  it("is an exact 64-bit integer", () => {
    fc.assert(
      fc.property(anyAddress, anyAddress, (a, b) => {
        const [x, y] = [toBigInt(a), toBigInt(b)];
        assert.deepEqual(fromBigInt(x), a);
        assert.equal(Math.sign(compare(a, b)), x < y ? -1 : x > y ? 1 : 0);
        assert.equal(equal(a, b), x === y);
        assert.deepEqual([min(a, b), max(a, b)].map(toBigInt), x < y ? [x, y] : [y, x]);
        const sum = add(a, b);
        assert.equal(sum && toBigInt(sum), x + y < LIMIT ? x + y : undefined);
        if (x >= y) assert.equal(toBigInt(subtract(a, b)), x - y);
        if (x + 1n < LIMIT) assert.equal(toBigInt(next(a)), x + 1n);
        if (x > 0n) assert.equal(toBigInt(previous(a)), x - 1n);
        assert.equal(toHex(a), `0x${x.toString(16)}`);
      }),
    );
  });

  it("converts byte counts that a double holds", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (bytes) => {
        assert.equal(toBigInt(fromBytes(bytes)), BigInt(bytes));
        assert.equal(toBytes(fromBytes(bytes)), bytes);
      }),
    );
  });

  it("has no form for integers outside 64 bits", () => {
    assert.equal(fromBigInt(LIMIT), undefined);
    assert.equal(fromBigInt(-1n), undefined);
  });
});

describe("Range", () => {
  it("is START + LENGTH, and not empty, and ends by 2^64", () => {
    assert.deepEqual(rangeOfLength(at(0x1000), at(0x1000)), span(0x1000, 0x1fff));
    assert.equal(rangeOfLength(at(0x1000), ZERO), undefined);
    assert.deepEqual(rangeOfLength(MAX_ADDRESS, at(1)), { start: MAX_ADDRESS, last: MAX_ADDRESS });
    assert.equal(rangeOfLength(MAX_ADDRESS, at(2)), undefined);
  });

  it("has a length, unless it is the whole space", () => {
    assert.deepEqual(lengthOf(span(1, 4096)), at(4096));
    assert.equal(lengthOf({ start: ZERO, last: MAX_ADDRESS }), undefined);
  });

  it("fits where its last byte has an address", () => {
    fc.assert(
      fc.property(anyAddress, anyAddress, anyAddress, (start, a, b) => {
        const range = { start: min(a, b), last: max(a, b) };
        const last = toBigInt(start) + toBigInt(range.last) - toBigInt(range.start);
        assert.equal(fitsAt(start, range), last < LIMIT);
      }),
    );
  });

  it("meets other ranges as sets of integers do", () => {
    const small = fc.tuple(fc.nat(30), fc.nat(12)).map(([start, length]) => span(start, start + length));
    fc.assert(
      fc.property(small, small, fc.nat(45), (a, b, probe) => {
        const [x, y] = [members(a), members(b)];
        const common = x.filter((byte) => y.includes(byte));
        assert.equal(overlaps(a, b), common.length > 0);
        const both = intersection(a, b);
        assert.deepEqual(both === undefined ? [] : members(both), common);
        assert.equal(covers(a, b), common.length === y.length);
        assert.equal(contains(a, at(probe)), x.includes(probe));
        assert.deepEqual(
          without(a, b).flatMap(members),
          x.filter((byte) => !y.includes(byte)),
        );
      }),
    );
  });
});

function members(range: Range): number[] {
  const [start, last] = bounds(range).map(Number) as [number, number];
  return Array.from({ length: last - start + 1 }, (_, i) => start + i);
}
