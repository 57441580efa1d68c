import assert from "node:assert/strict";
import fc from "fast-check";
import { emptyMapping, type Mapping, type Range, RangeMap, toBigInt } from "../../engine/address/index.js";
import { at, bounds, clusteredRange, span } from "./helpers.js";

const RW = 3;

function mapOf(...ranges: [start: number, last: number, target: number][]): RangeMap {
  const map = RangeMap.empty(1);
  ranges.forEach(([start, last, target], origin) => {
    assert.equal(map.insert(span(start, last), at(target), RW, origin), undefined);
  });
  return map;
}

function shape(map: RangeMap, range?: Range): [bigint, bigint, bigint][] {
  return [...map.entries(range)].map((m) => [...bounds(m), toBigInt(m.target)]);
}

describe("RangeMap", () => {
  describe("slice", () => {
    it("gives some of the mappings in their order, as entries does, from any place", () => {
      const map = RangeMap.empty(1);
      for (let i = 0; i < 700; i += 1) map.insert(span(i * 16, i * 16 + 7), at(i), RW, i);
      const all = [...map.entries()];
      for (const from of [0, 1, 127, 128, 500, 699, 700, 9000]) {
        assert.deepEqual(map.slice(from, 150), all.slice(from, from + 150));
      }
      assert.deepEqual(RangeMap.empty(1).slice(0, 5), []);
    });
  });

  describe("equals", () => {
    const long = (): RangeMap => {
      const map = RangeMap.empty(1);
      for (let i = 0; i < 1000; i += 1) map.insert(span(i * 16, i * 16 + 7), at(i), RW, i);
      return map;
    };

    it("holds for forks until one of them is written, and again when it is as before", () => {
      const map = long();
      const fork = map.own(2);
      assert.ok(fork.equals(map) && map.equals(fork));
      fork.remove(span(160, 175));
      assert.ok(!fork.equals(map));
      fork.insert(span(160, 167), at(10), RW, 10);
      assert.ok(fork.equals(map));
      fork.remove(span(160, 175));
      fork.insert(span(160, 167), at(11), RW, 10);
      assert.ok(!fork.equals(map), "another target");
    });

    it("holds for maps that came to the same in other ways", () => {
      const other = RangeMap.empty(7);
      for (let i = 999; i >= 0; i -= 1) other.insert(span(i * 16, i * 16 + 7), at(i), RW, i);
      assert.ok(other.equals(long()));
      other.remove(span(0, 15));
      other.insert(span(0, 7), at(0), RW, 5);
      assert.ok(!other.equals(long()), "another origin");
    });
  });

  describe("insert", () => {
    it("keeps exact byte bounds, access and origin", () => {
      const map = RangeMap.empty(1);
      map.insert(span(0x1001, 0x2ffe), at(0xffff_ffff_0000_0007n), 5, -42);
      assert.deepEqual(map.find(at(0x2ffe)), {
        ...span(0x1001, 0x2ffe),
        target: at(0xffff_ffff_0000_0007n),
        access: 5,
        origin: -42,
      });
      assert.equal(map.find(at(0x2fff)), undefined);
      assert.equal(map.find(at(0x1000)), undefined);
    });

    it("returns the mapping in the way and changes nothing", () => {
      const map = mapOf([0x1000, 0x1fff, 0], [0x3000, 0x3fff, 0]);
      const obstacle = map.insert(span(0x1fff, 0x3000), at(0), RW, 9);
      assert.deepEqual(obstacle && bounds(obstacle), [0x1000n, 0x1fffn]);
      assert.equal(map.size, 2);
    });

    it("keeps adjacent mappings apart, also those that could be one", () => {
      assert.equal(mapOf([0x0, 0xfff, 0x0], [0x1000, 0x1fff, 0x1000]).size, 2);
    });

    it("takes the whole 64-bit space as one mapping", () => {
      const map = RangeMap.empty(1);
      map.insert(span(0n, (1n << 64n) - 1n), at(0), RW, 0);
      assert.ok(map.find(at((1n << 64n) - 1n)));
      assert.ok(map.overlapping(span(5, 5)));
    });

    it("keeps order over many chunks, ascending, descending and mixed", () => {
      const count = 20_000;
      const orders = [(i: number) => i, (i: number) => count - 1 - i, (i: number) => (i * 1013) % count];
      for (const order of orders) {
        const map = RangeMap.empty(1);
        for (let i = 0; i < count; i += 1) map.insert(span(order(i) * 16, order(i) * 16 + 7), at(i), RW, i);
        assert.equal(map.size, count);
        assert.deepEqual(
          shape(map).map(([start]) => start),
          Array.from({ length: count }, (_, i) => BigInt(i * 16)),
        );
      }
    });
  });

  describe("bytes", () => {
    it("counts the mappings that a range touches, each of them whole", () => {
      const map = mapOf([10, 4106, 0], [5000, 5000, 1], [8191, 8192, 2]);
      assert.deepEqual(map.bytes(span(0, 10_000)), at(4097 + 1 + 2));
      assert.deepEqual(map.bytes(span(4106, 5000)), at(4097 + 1));
      assert.deepEqual(map.bytes(span(8192, 9000)), at(2));
    });

    it("is nothing where there are none, and stays a 64-bit number for the whole space", () => {
      assert.equal(mapOf([10, 20, 0]).bytes(span(21, 30)), undefined);
      const whole = span(0, (1n << 64n) - 1n);
      const map = RangeMap.empty(1);
      map.insert(whole, at(0), RW, 0);
      assert.deepEqual(map.bytes(whole), whole.last);
    });
  });

  describe("firstAtOrAfter", () => {
    it("gives the mapping that holds the address, or else the next one", () => {
      const map = mapOf([0x1000, 0x1fff, 0], [0x3000, 0x3fff, 0]);
      const first = (address: number) => map.firstAtOrAfter(at(address))?.origin;
      assert.deepEqual([0, 0x1000, 0x1fff, 0x2000, 0x3fff, 0x4000].map(first), [0, 0, 0, 1, 1, undefined]);
    });
  });

  describe("cut", () => {
    const map = mapOf([0x1000, 0x1fff, 0], [0x3000, 0x3fff, 0]);

    it("names the mapping that an unmap would split at its start", () => {
      assert.equal(map.cut(span(0x1800, 0x3fff))?.origin, 0);
    });

    it("names the mapping that an unmap would split at its end", () => {
      assert.equal(map.cut(span(0x1000, 0x3000))?.origin, 1);
    });

    it("names the mapping that an unmap would punch a hole into", () => {
      assert.equal(map.cut(span(0x3001, 0x3002))?.origin, 1);
    });

    it("has nothing to say when the range covers whole mappings, or none", () => {
      assert.equal(map.cut(span(0x0, 0x3fff)), undefined);
      assert.equal(map.cut(span(0x2000, 0x2fff)), undefined);
    });
  });

  describe("remove", () => {
    it("removes what lies inside and counts it", () => {
      const map = mapOf([0x1000, 0x1fff, 0], [0x2000, 0x2fff, 0], [0x4000, 0x4fff, 0]);
      assert.equal(map.remove(span(0x1000, 0x3fff)), 2);
      assert.deepEqual(shape(map), [[0x4000n, 0x4fffn, 0n]]);
    });

    it("leaves a mapping that sticks out", () => {
      const map = mapOf([0x1000, 0x1fff, 0], [0x2000, 0x2fff, 0], [0x3000, 0x3fff, 0]);
      assert.equal(map.remove(span(0x1001, 0x3ffe)), 1);
      assert.equal(map.size, 2);
    });

    it("drops many chunks at once and stays usable", () => {
      const map = RangeMap.empty(1);
      for (let i = 0; i < 10_000; i += 1) map.insert(span(i * 4096, i * 4096 + 4095), at(0), RW, i);
      assert.equal(map.remove(span(100 * 4096, 9_900 * 4096 - 1)), 9800);
      assert.equal(map.size, 200);
      assert.equal(map.insert(span(5000 * 4096, 5000 * 4096), at(0), RW, 1), undefined);
      assert.equal(map.find(at(9_900 * 4096))?.origin, 9900);
    });
  });

  it("stays in order when a chunk goes and what is left of the next takes its place", () => {
    const map = RangeMap.empty(1);
    for (let i = 0; i < 512; i += 1) map.insert(span(i * 16, i * 16 + 7), at(0), RW, i);
    map.remove(span(3 * 16, 3 * 16 + 15));
    map.remove(span(128 * 16, 355 * 16 + 15));
    for (const gone of [3, 128, 200, 256, 355]) {
      const { page, offset } = at(gone * 16);
      assert.equal(map.find({ page, offset }), undefined);
      assert.equal(map.locate(page, offset, emptyMapping()), false);
    }
    assert.equal(map.firstAtOrAfter(at(200 * 16))?.origin, 356);
    assert.equal(map.insert(span(200 * 16, 200 * 16 + 7), at(0), RW, 200), undefined);
    assert.deepEqual(
      [...map.entries(span(127 * 16, 357 * 16))].map(({ origin }) => origin),
      [127, 200, 356, 357],
    );
  });

  it("shows each fork its own removals alone, over all sections of a long map", () => {
    const count = 40_000;
    const slot = (i: number) => span(i * 16, i * 16 + 7);
    let map = RangeMap.empty(1);
    for (let i = 0; i < count; i += 1) map.insert(slot((i * 1013) % count), at(i), RW, (i * 1013) % count);
    let left = Array.from({ length: count }, (_, i) => i);
    const origins = (of: RangeMap): number[] => {
      const found: number[] = [];
      of.forEach(({ origin }) => {
        found.push(origin);
      });
      return found;
    };
    const removals = [
      [100, 20_000],
      [0, 99],
      [39_999, 39_999],
      [25_000, 25_000],
      [20_001, 39_998],
    ] as const;
    for (const [epoch, [from, to]] of removals.entries()) {
      const fork = map.own(epoch + 2);
      const rest = left.filter((i) => i < from || i > to);
      assert.equal(fork.remove(span(from * 16, to * 16 + 7)), left.length - rest.length);
      assert.deepEqual(origins(fork), rest);
      assert.deepEqual(origins(map), left, "the origin of the fork");
      map = fork;
      left = rest;
    }
    assert.equal(map.size, 0);
    for (let i = count - 1; i >= 0; i -= 1) map.insert(slot(i), at(i), RW, i);
    assert.equal(origins(map).length, count);
    assert.equal(map.slice(count - 1, 5)[0]?.origin, count - 1);
    assert.equal(map.find(at(20_000 * 16))?.origin, 20_000);
    assert.equal(map.overlapping(span(20_000 * 16 + 8, 20_001 * 16))?.origin, 20_001);
  });

  describe("carve", () => {
    it("punches a hole and keeps the targets of both parts", () => {
      const map = mapOf([0x1000, 0x4fff, 0x9000]);
      map.carve(span(0x2000, 0x2fff));
      assert.deepEqual(shape(map), [
        [0x1000n, 0x1fffn, 0x9000n],
        [0x3000n, 0x4fffn, 0xb000n],
      ]);
    });

    it("trims the mappings at its ends and removes those between", () => {
      const map = mapOf([0x1000, 0x1fff, 0x9000], [0x2000, 0x2fff, 0], [0x3000, 0x3fff, 0x7000]);
      map.carve(span(0x1800, 0x37ff));
      assert.deepEqual(shape(map), [
        [0x1000n, 0x17ffn, 0x9000n],
        [0x3800n, 0x3fffn, 0x7800n],
      ]);
    });
  });

  it("iterates over what a range touches", () => {
    const map = mapOf([0x1000, 0x1fff, 0], [0x3000, 0x3fff, 0], [0x5000, 0x5fff, 0]);
    const origins: number[] = [];
    map.forEach(
      (m) => {
        origins.push(m.origin);
      },
      span(0x1fff, 0x4fff),
    );
    assert.deepEqual(origins, [0, 1]);
    assert.deepEqual(shape(map, span(0x6000, 0x7000)), []);
  });

  it("clears one fork and not the other", () => {
    const map = mapOf([0x1000, 0x1fff, 0]);
    const fork = map.own(2);
    fork.clear();
    assert.deepEqual([fork.size, map.size], [0, 1]);
    assert.equal(fork.own(2), fork);
  });

  it("agrees with a plain array over random edits, in every fork", () => {
    const clustered = fc.record({ ...edit, range: clusteredRange });
    fc.assert(
      fc.property(fc.array(clustered, { minLength: 1, maxLength: 120 }), (edits) => {
        checkForks({ map: RangeMap.empty(1), model: [] }, edits);
      }),
      { numRuns: 600 },
    );
  });

  it("agrees with a plain array over many chunks, in every fork", () => {
    const wide = fc.record({
      ...edit,
      range: fc
        .tuple(fc.nat(30_000), fc.oneof(fc.nat(30), fc.nat(20_000)))
        .map(([start, length]) => span(start, start + length)),
    });
    fc.assert(
      fc.property(fc.array(wide, { minLength: 10, maxLength: 40 }), (edits) => {
        const map = RangeMap.empty(1);
        const model: Naive[] = [];
        for (let i = 0; i < 1500; i += 1) {
          const range = span(((i * 611) % 1500) * 20, ((i * 611) % 1500) * 20 + 11);
          map.insert(range, range.start, RW, i);
          const [start, last] = bounds(range);
          model.push({ start, last, target: start });
        }
        model.sort((a, b) => (a.start < b.start ? -1 : 1));
        checkForks({ map, model }, edits);
      }),
      { numRuns: 40 },
    );
  });
});

interface Naive {
  readonly start: bigint;
  readonly last: bigint;
  readonly target: bigint;
}

interface Edit {
  readonly kind: "insert" | "remove" | "carve" | "fork";
  readonly range: Range;
  readonly which: number;
}

const edit = {
  kind: fc.constantFrom<Edit["kind"]>("insert", "insert", "insert", "remove", "carve", "carve", "fork"),
  which: fc.nat(),
};

/** Does each edit to one of the forks, forking on the way, and then compares all of them with their models. */
function checkForks(first: { map: RangeMap; model: Naive[] }, edits: readonly Edit[]): void {
  let epochs = first.map.epoch;
  const forks = [first];
  for (const { kind, range, which } of edits) {
    const fork = forks[which % forks.length]!;
    if (kind === "fork") {
      forks.push({ map: fork.map.own(++epochs), model: fork.model });
      fork.map = fork.map.own(++epochs);
    } else {
      fork.model = apply(kind, fork.map, fork.model, range);
    }
  }
  for (const { map, model } of forks) assertSame(map, model);
}

/** Does an edit to the map and to its model, compares the answers, and returns the new model. */
function apply(kind: "insert" | "remove" | "carve", map: RangeMap, model: Naive[], range: Range): Naive[] {
  const [start, last] = bounds(range);
  const touched = model.filter((m) => m.start <= last && start <= m.last);
  assert.deepEqual(naive(map.overlapping(range)), touched[0]);
  assert.deepEqual(
    naive(map.firstAtOrAfter(range.start)),
    model.find((m) => m.last >= start),
  );
  assert.deepEqual(
    naive(map.cut(range)),
    touched.find((m) => m.start < start || m.last > last),
  );
  if (kind === "insert") {
    const target = start ^ 0x5000n;
    const obstacle = map.insert(range, at(target), RW, 7);
    assert.deepEqual(naive(obstacle), touched[0]);
    if (obstacle !== undefined) return model;
    return [...model, { start, last, target }].sort((a, b) => (a.start < b.start ? -1 : 1));
  }
  if (kind === "remove") {
    const rest = model.filter((m) => !(start <= m.start && m.last <= last));
    assert.equal(map.remove(range), model.length - rest.length);
    return rest;
  }
  map.carve(range);
  return model.flatMap((m) => {
    if (m.last < start || last < m.start) return [m];
    const parts: Naive[] = [];
    if (m.start < start) parts.push({ ...m, last: start - 1n });
    if (last < m.last) parts.push({ start: last + 1n, last: m.last, target: m.target + last + 1n - m.start });
    return parts;
  });
}

function naive(mapping: Mapping | undefined): Naive | undefined {
  if (mapping === undefined) return undefined;
  const [start, last] = bounds(mapping);
  return { start, last, target: toBigInt(mapping.target) };
}

function assertSame(map: RangeMap, model: readonly Naive[]): void {
  assert.equal(map.size, model.length);
  assert.deepEqual([...map.entries()].map(naive), model);
  const out = emptyMapping();
  const check = (probe: bigint, expected: Naive | undefined) => {
    if (probe < 0n || probe >= 1n << 64n) return;
    const address = at(probe);
    assert.deepEqual(naive(map.find(address)), expected);
    assert.equal(map.locate(address.page, address.offset, out), expected !== undefined);
    if (expected !== undefined) assert.deepEqual(naive(out), expected);
  };
  model.forEach((mapping, i) => {
    const { start, last } = mapping;
    const [before, after] = [model[i - 1], model[i + 1]];
    for (const probe of [start, (start + last) / 2n, last]) check(probe, mapping);
    check(start - 1n, before?.last === start - 1n ? before : undefined);
    check(last + 1n, after?.start === last + 1n ? after : undefined);
  });
}
