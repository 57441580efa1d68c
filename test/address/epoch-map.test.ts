import assert from "node:assert/strict";
import fc from "fast-check";
import { EpochMap, KEY_LIMIT } from "../../engine/address/index.js";

describe("EpochMap", () => {
  it("holds keys from 0 to 2^31 - 1 and nothing else", () => {
    const map = EpochMap.empty<string>(1);
    map.set(KEY_LIMIT - 1, "last");
    map.set(0, "first");
    assert.deepEqual(
      [...map.entries()],
      [
        [0, "first"],
        [KEY_LIMIT - 1, "last"],
      ],
    );
    for (const key of [KEY_LIMIT, 0xffff_ffff, -1, Number.NaN]) assert.equal(map.get(key), undefined);
    for (const key of [KEY_LIMIT, -1, 0.5, Number.NaN]) assert.throws(() => map.set(key, "no"), RangeError);
  });

  it("replaces a value without counting it twice", () => {
    const map = EpochMap.empty<number>(1);
    map.set(7, 1);
    map.set(7, 2);
    assert.deepEqual([map.get(7), map.size], [2, 1]);
  });

  it("says whether a deleted key was there, and can be filled again when it was emptied", () => {
    const map = EpochMap.empty<number>(1);
    map.set(100_000, 1);
    assert.equal(map.delete(99_999), false);
    assert.equal(map.delete(100_000), true);
    assert.equal(map.delete(100_000), false);
    assert.deepEqual([map.size, map.lowestFree(0, 5), map.firstFrom(0)], [0, 0, undefined]);
    map.set(3, 1);
    assert.deepEqual(map.firstFrom(0), [3, 1]);
  });

  it("finds the lowest free number of a pool, as a PASID allocator does", () => {
    const pool = EpochMap.empty<true>(1);
    const allocate = () => {
      const pasid = pool.lowestFree(1, 1 << 20);
      if (pasid !== undefined) pool.set(pasid, true);
      return pasid;
    };
    assert.deepEqual([allocate(), allocate(), allocate()], [1, 2, 3]);
    pool.delete(2);
    assert.deepEqual([allocate(), allocate()], [2, 4]);
  });

  it("finds the one hole among 2^20 keys, and knows when there is none", () => {
    const map = EpochMap.empty<number>(1);
    for (let key = 0; key < 1 << 20; key += 1) map.set(key, key);
    assert.equal(map.lowestFree(0, 1 << 20), undefined);
    assert.equal(map.lowestFree(0, (1 << 20) + 1), 1 << 20);
    map.delete(777_777);
    assert.equal(map.lowestFree(0, 1 << 20), 777_777);
    assert.equal(map.lowestFree(777_778, 1 << 20), undefined);
    assert.equal(map.lowestFree(0, 777_777), undefined);
  });

  it("forks with `own`, which is the same handle within an epoch", () => {
    const map = EpochMap.empty<string>(1);
    map.set(5, "before");
    const fork = map.own(2);
    assert.equal(map.own(1), map);
    fork.set(5, "after");
    fork.set(6, "new");
    assert.deepEqual([map.get(5), map.size, fork.get(5), fork.size], ["before", 1, "after", 2]);
  });

  it("agrees with a Map over random edits, in every fork", () => {
    const key = fc.oneof(fc.nat(150), fc.nat(5000), fc.integer({ min: 0, max: KEY_LIMIT - 1 }));
    const edit = fc.record({
      kind: fc.constantFrom("set", "set", "run", "delete", "clear-run", "fork"),
      key,
      which: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 100 }), fc.array(key, { maxLength: 20 }), (edits, probes) => {
        let epochs = 1;
        const forks = [{ map: EpochMap.empty<number>(1), model: new Map<number, number>() }];
        edits.forEach(({ kind, key, which }, value) => {
          const fork = forks[which % forks.length]!;
          if (kind === "fork") {
            forks.push({ map: fork.map.own(++epochs), model: new Map(fork.model) });
            fork.map = fork.map.own(++epochs);
            return;
          }
          const length = kind.endsWith("run") ? 70 : 1;
          for (let k = key; k < Math.min(KEY_LIMIT, key + length); k += 1) {
            if (kind === "set" || kind === "run") {
              fork.map.set(k, value);
              fork.model.set(k, value);
            } else {
              assert.equal(fork.map.delete(k), fork.model.delete(k));
            }
          }
        });
        for (const { map, model } of forks) assertSame(map, model, probes);
      }),
      { numRuns: 400 },
    );
  });
});

function assertSame(map: EpochMap<number>, model: Map<number, number>, probes: readonly number[]): void {
  const sorted = [...model].sort(([a], [b]) => a - b);
  assert.equal(map.size, model.size);
  assert.deepEqual([...map.entries()], sorted);
  const visited: [number, number][] = [];
  map.forEach((value, key) => {
    visited.push([key, value]);
  });
  assert.deepEqual(visited, sorted);
  for (const probe of [0, 63, 64, KEY_LIMIT - 1, ...probes]) {
    assert.equal(map.get(probe), model.get(probe));
    assert.equal(map.has(probe), model.has(probe));
    assert.deepEqual(
      map.firstFrom(probe),
      sorted.find(([key]) => key >= probe),
    );
    let free = probe;
    while (model.has(free)) free += 1;
    assert.equal(map.lowestFree(probe, KEY_LIMIT), free < KEY_LIMIT ? free : undefined);
    assert.equal(map.lowestFree(probe, free), undefined);
  }
}
