import assert from "node:assert/strict";
import fc from "fast-check";
import { emptyLeaf, emptyMapping, PageTable, RangeMap } from "../../engine/address/index.js";

const RW = 3;
const VTD = [1, 512, 262144];

type Row = [page: number, frames: number, target: number, access: number, origin: number];

function rows(table: PageTable): Row[] {
  const result: Row[] = [];
  table.forEach((...row) => {
    result.push(row);
  });
  return result;
}

describe("PageTable", () => {
  describe("levels", () => {
    it("follow the address width, as the AW field does", () => {
      const levels = [30, 39, 48, 57, 64].map((width) => PageTable.empty(1, width, VTD).levels);
      assert.deepEqual(levels, [2, 3, 4, 5, 6]);
    });

    it("end the table: a frame beyond the width is not there and cannot be mapped", () => {
      const table = PageTable.empty(1, 39, VTD);
      table.map(0, 2 ** 27, 0, RW, 0);
      assert.equal(table.lookup(2 ** 27 - 1, emptyLeaf()), true);
      assert.equal(table.lookup(2 ** 27, emptyLeaf()), false);
      assert.deepEqual(table.path(2 ** 27), []);
      assert.throws(() => table.map(2 ** 27 - 1, 2, 0, RW, 0), RangeError);
      assert.throws(() => table.unmap(0, 0), RangeError);
    });

    it("resolve every bit of a 52-bit frame number", () => {
      const table = PageTable.empty(1, 64, VTD);
      const leaf = emptyLeaf();
      for (let bit = 0; bit < 52; bit += 1) table.map(2 ** bit, 1, 2 ** 52 - 1 - bit, RW, bit);
      table.map(2 ** 52 - 1, 1, 9, RW, -1);
      for (let bit = 0; bit < 52; bit += 1) {
        assert.ok(table.lookup(2 ** bit, leaf));
        assert.deepEqual([leaf.target, leaf.origin], [2 ** 52 - 1 - bit, bit]);
      }
      assert.ok(table.lookup(2 ** 52 - 1, leaf));
      assert.deepEqual(leaf, { page: 2 ** 52 - 1, frames: 1, target: 9, access: RW, origin: -1, level: 0 });
      assert.equal(table.lookup(2 ** 52 - 2, leaf), false);
    });
  });

  describe("map", () => {
    it("takes the largest leaves that both sides are aligned for", () => {
      const table = PageTable.empty(1, 48, VTD);
      table.map(511, 1 + 512 + 1, 1023, RW, 7);
      assert.deepEqual(rows(table), [
        [511, 1, 1023, RW, 7],
        [512, 512, 1024, RW, 7],
        [1024, 1, 1536, RW, 7],
      ]);
    });

    it("takes small leaves when the target is not aligned", () => {
      const table = PageTable.empty(1, 48, VTD);
      table.map(512, 512, 1, RW, 0);
      const leaf = emptyLeaf();
      assert.ok(table.lookup(700, leaf));
      assert.deepEqual([leaf.page, leaf.frames, leaf.target, leaf.level], [700, 1, 189, 0]);
      assert.deepEqual(
        table.path(700).map((step) => step.level),
        [3, 2, 1, 0],
      );
    });

    it("stores a run of leaves as one, however many there are", () => {
      const table = PageTable.empty(1, 57, VTD);
      table.map(1, 2 ** 45 - 1, 0, RW, 0);
      assert.ok(table.size < 5 * 512, `${table.size} runs`);
      const leaf = emptyLeaf();
      assert.ok(table.lookup(2 ** 44 + 5, leaf));
      assert.deepEqual([leaf.frames, leaf.target], [1, 2 ** 44 + 4]);
    });

    it("maps 1 TiB in leaves of 1 GiB, or of 2 MiB where those are the largest", () => {
      for (const [sizes, frames, level] of [
        [VTD, 2 ** 18, 2],
        [[1, 512], 512, 1],
      ] as const) {
        const table = PageTable.empty(1, 48, sizes);
        table.map(0, 2 ** 28, 2 ** 40, RW, 0);
        const leaf = emptyLeaf();
        assert.ok(table.lookup(2 ** 27 + 12345, leaf));
        assert.deepEqual([leaf.frames, leaf.level, leaf.target], [frames, level, 2 ** 40 + 2 ** 27 + 12345]);
        assert.equal(leaf.page % frames, 0);
        assert.equal(table.path(2 ** 27).at(-1)?.level, level);
      }
    });

    it("takes leaves of any level, beyond the 27 bits of a frame number's lower half too", () => {
      const table = PageTable.empty(1, 64, [1, 2 ** 27, 2 ** 36]);
      table.map(0, 20 * 2 ** 36, 2 ** 45, RW, 0);
      table.map(20 * 2 ** 36, 20 * 2 ** 27, 2 ** 46, RW, 0);
      assert.equal(table.size, 40);
      const leaf = emptyLeaf();
      for (const [page, target, level] of [
        [5 * 2 ** 36 + 2 ** 35 + 12345, 2 ** 45 + 5 * 2 ** 36 + 2 ** 35 + 12345, 4],
        [20 * 2 ** 36 + 7 * 2 ** 27 + 54321, 2 ** 46 + 7 * 2 ** 27 + 54321, 3],
      ] as const) {
        assert.ok(table.lookup(page, leaf));
        assert.deepEqual([leaf.target, leaf.level], [target, level]);
      }
    });

    it("repeats a leaf whose size is no level's, as a contiguous hint does", () => {
      const table = PageTable.empty(1, 48, [1, 16, 512]);
      table.map(16, 32, 160, 1, 5);
      assert.deepEqual(rows(table), [
        [16, 16, 160, 1, 5],
        [32, 16, 176, 1, 5],
      ]);
      const leaf = emptyLeaf();
      table.lookup(35, leaf);
      assert.deepEqual(leaf, { page: 32, frames: 16, target: 179, access: 1, origin: 5, level: 0 });
    });

    it("replaces what is there and splits a large leaf at both ends", () => {
      const table = PageTable.empty(1, 48, VTD);
      table.map(0, 262144, 262144, RW, 1);
      table.map(513, 1, 9, 1, 2);
      const leaf = emptyLeaf();
      const walk = (page: number) => {
        assert.ok(table.lookup(page, leaf));
        return [leaf.frames, leaf.target, leaf.origin];
      };
      assert.deepEqual(walk(0), [512, 262144, 1]);
      assert.deepEqual(walk(512), [1, 262144 + 512, 1]);
      assert.deepEqual(walk(513), [1, 9, 2]);
      assert.deepEqual(walk(262143), [512, 524287, 1]);
    });
  });

  describe("unmap", () => {
    it("leaves nothing behind, and may be asked where nothing is", () => {
      const table = PageTable.empty(1, 48, VTD);
      table.map(5, 3000, 5, RW, 0);
      table.unmap(0, 4000);
      table.unmap(0, 4000);
      assert.deepEqual([table.size, rows(table)], [0, []]);
    });

    it("splits a 2 MiB leaf into 511 frames", () => {
      const table = PageTable.empty(1, 48, VTD);
      table.map(512, 512, 512, RW, 0);
      table.unmap(700, 1);
      const leaf = emptyLeaf();
      assert.equal(table.lookup(700, leaf), false);
      assert.ok(table.lookup(701, leaf));
      assert.deepEqual([leaf.page, leaf.frames], [701, 1]);
    });
  });

  describe("removeOverlapping", () => {
    it("drops whole leaves, as an IOTLB does with an entry that an invalidation touches", () => {
      const iotlb = PageTable.empty(1, 48, [1, 16, 512]);
      iotlb.map(0, 512, 0, RW, 0);
      iotlb.map(512, 16, 512, RW, 0);
      iotlb.map(600, 1, 600, RW, 0);
      iotlb.removeOverlapping(511, 2);
      assert.deepEqual(rows(iotlb), [[600, 1, 600, RW, 0]]);
    });
  });

  describe("path", () => {
    it("shows each table from the root to the leaf", () => {
      const table = PageTable.empty(1, 39, VTD);
      table.map(512 * 3, 512, 0, RW, 0);
      assert.deepEqual(table.path(512 * 3 + 8), [
        { level: 2, index: 0, present: true, leaf: false },
        { level: 1, index: 3, present: true, leaf: true },
      ]);
    });

    it("ends with the slot that is not present", () => {
      const table = PageTable.empty(1, 39, VTD);
      assert.deepEqual(table.path(0), [{ level: 2, index: 0, present: false, leaf: false }]);
      table.map(512 * 3, 1, 0, RW, 0);
      assert.deepEqual(table.path(512 * 4), [
        { level: 2, index: 0, present: true, leaf: false },
        { level: 1, index: 4, present: false, leaf: false },
      ]);
    });
  });

  it("clears one fork and not the other", () => {
    const table = PageTable.empty(1, 48, VTD);
    table.map(0, 10, 0, RW, 0);
    const fork = table.own(2);
    assert.equal(fork.own(2), fork);
    fork.clear();
    assert.deepEqual([fork.size, table.size], [0, 10]);
  });

  it("agrees with a map of single frames over random edits, in every fork", () => {
    const window = 6000;
    const edit = fc.record({
      kind: fc.constantFrom("map", "map", "map", "unmap", "unmap", "drop", "fork"),
      page: fc.oneof(
        fc.nat(window),
        fc.nat(11).map((n) => n * 512),
      ),
      frames: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 3000 })),
      shift: fc.constantFrom(0, 512, 16, 1, 77, 5120),
      which: fc.nat(),
    });
    const shape = fc.record({
      width: fc.constantFrom(30, 39, 48, 57, 64),
      sizes: fc.constantFrom(VTD, [1], [1, 16, 512], [16, 512, 8192], [4, 1024, 4096], [1, 8, 64, 512, 4096]),
      // Around the place where the two halves of a frame number meet, and at both ends.
      base: fc.constantFrom(0, 2 ** 27 - 2048, 2 ** 45 - 1024, 2 ** 52 - 10240),
    });
    fc.assert(
      fc.property(shape, fc.array(edit, { maxLength: 40 }), ({ width, sizes, base }, edits) => {
        const limit = 2 ** (width - 12);
        const origin = Math.min(base, limit - 10240);
        let epochs = 1;
        const forks = [{ table: PageTable.empty(1, width, sizes), model: new Map<number, Frame>() }];
        edits.forEach(({ kind, page, frames, shift, which }, step) => {
          const fork = forks[which % forks.length]!;
          const first = origin + page;
          if (kind === "fork") {
            forks.push({ table: fork.table.own(++epochs), model: new Map(fork.model) });
            fork.table = fork.table.own(++epochs);
          } else if (kind === "map") {
            const target = page + shift;
            fork.table.map(first, frames, target, step & 7, step);
            for (let i = 0; i < frames; i += 1) fork.model.set(first + i, [target + i, step & 7, step]);
          } else if (kind === "unmap") {
            fork.table.unmap(first, frames);
            for (let i = 0; i < frames; i += 1) fork.model.delete(first + i);
          } else {
            const leaf = emptyLeaf();
            const low = fork.table.lookup(first, leaf) ? leaf.page : first;
            const end = first + frames;
            const high = fork.table.lookup(end - 1, leaf) ? leaf.page + leaf.frames : end;
            fork.table.removeOverlapping(first, frames);
            for (let page = low; page < high; page += 1) fork.model.delete(page);
          }
        });
        for (const { table, model } of forks) assertSame(table, model, sizes);
      }),
      { numRuns: 400 },
    );
  });

  it("agrees with the range map that it is derived from, as a space keeps both", () => {
    const edit = fc.record({
      kind: fc.constantFrom("map" as const, "map", "unmap"),
      page: fc.nat(2000),
      frames: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 1100 })),
      shift: fc.constantFrom(0, 512, 5),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
        const table = PageTable.empty(1, 39, VTD);
        const map = RangeMap.empty(1);
        edits.forEach(({ kind, page, frames, shift }, origin) => {
          const range = { start: { page, offset: 0 }, last: { page: page + frames - 1, offset: 4095 } };
          if (kind === "unmap") {
            map.carve(range);
            table.unmap(page, frames);
          } else if (map.insert(range, { page: page + shift, offset: 0 }, RW, origin) === undefined) {
            table.map(page, frames, page + shift, RW, origin);
          }
        });
        const leaf = emptyLeaf();
        const mapping = emptyMapping();
        for (let page = 0; page < 3200; page += 1) {
          const present = map.locate(page, 0, mapping);
          assert.equal(table.lookup(page, leaf), present);
          if (!present) continue;
          assert.equal(leaf.target, mapping.target.page + page - mapping.start.page);
          assert.deepEqual([leaf.access, leaf.origin], [mapping.access, mapping.origin]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("turns into tables where leaves crowd and back into a list when few are left, in one fork only", () => {
    const table = PageTable.empty(1, 48, VTD);
    const lonely = (i: number) => (i + 1) * 2 ** 20 + i;
    for (let i = 0; i < 64; i += 1) table.map(lonely(i), 1, i, RW, i);
    const fork = table.own(2);
    for (let i = 3; i < 64; i += 1) fork.unmap(lonely(i), 1);
    assert.deepEqual(
      rows(fork),
      [0, 1, 2].map((i) => [lonely(i), 1, i, RW, i]),
    );
    assert.equal(table.size, 64);
    fork.map(0, 512, 0, RW, 99);
    assert.equal(fork.size, 4);
    assert.deepEqual(
      fork.path(lonely(1)).map(({ present, leaf }) => [present, leaf]),
      [
        [true, false],
        [true, false],
        [true, false],
        [true, true],
      ],
    );
    assert.deepEqual(fork.path(7).at(-1), { level: 1, index: 0, present: true, leaf: true });
    assert.deepEqual(fork.path(512).at(-1), { level: 1, index: 1, present: false, leaf: false });
  });
});

/** Whether the run allows a larger leaf around the frame than the one that was found. */
function largerFits(
  leaf: { page: number; frames: number; target: number },
  inside: number,
  page: number,
  frames: number,
  sizes: readonly number[],
): boolean {
  return sizes.some((size) => {
    const first = Math.floor(leaf.page / size) * size;
    const target = leaf.target - inside - (leaf.page - first);
    return size > leaf.frames && first >= page && first + size <= page + frames && target % size === 0;
  });
}

type Frame = [target: number, access: number, origin: number];

function assertSame(table: PageTable, model: Map<number, Frame>, sizes: readonly number[]): void {
  const leaf = emptyLeaf();
  let covered = 0;
  let leaves = 0;
  let previous = -1;
  table.forEach((page, frames, target, access, origin) => {
    assert.ok(page > previous);
    assert.ok(page % frames === 0);
    previous = page + frames - 1;
    covered += frames;
    leaves += 1;
    for (let i = 0; i < frames; i += 1) {
      assert.ok(table.lookup(page + i, leaf));
      const expected = model.get(page + i);
      assert.deepEqual(expected, [target + i, access, origin]);
      assert.deepEqual([leaf.target, leaf.access, leaf.origin], expected);
      assert.ok(leaf.frames === 1 || sizes.includes(leaf.frames), `${leaf.frames} frames is no leaf size`);
      const inside = page + i - leaf.page;
      assert.ok(leaf.page % leaf.frames === 0 && inside >= 0 && inside < leaf.frames);
      assert.ok(leaf.page >= page && leaf.page + leaf.frames <= page + frames);
      assert.equal((leaf.target - inside) % leaf.frames, 0);
      assert.ok(!largerFits(leaf, inside, page, frames, sizes), "a larger leaf fits");
    }
  });
  assert.equal(covered, model.size);
  assert.equal(leaves, table.size);
  for (const page of model.keys()) {
    if (!model.has(page + 1)) assert.equal(table.lookup(page + 1, leaf), false);
    assert.equal(table.path(page).at(-1)?.leaf, true);
  }
}
