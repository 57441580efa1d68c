import { Bench } from "tinybench";
import { emptyLeaf, emptyMapping, PageTable, type Range, RangeMap } from "../engine/address/index.js";
import type { Measurement } from "./table.js";

/** Operations per timed call, so that the clock's own cost does not show. */
const BATCH = 4096;
const PROBES = 1 << 17;
const VTD_LEAVES = [1, 512, 262144];
const TARGET = { page: 1, offset: 0 };

/** Benchmarks of the address containers; a plain binary search over sorted arrays runs as their peer. */
export async function addressBenchmarks(): Promise<Measurement[]> {
  const results: Measurement[] = [];
  for (const count of [16, 1024, 65_536, 1 << 20]) {
    results.push(...(await translations(`${label(count)} ranges of 4K`, spread(count))));
  }
  results.push(...(await translations("64k ranges of 4K, side by side", sideBySide(65_536))));
  results.push(...(await translations("64k ranges of 4K, all over 48 bits", scattered(65_536))));
  for (const count of [65_536, 1 << 20])
    results.push(...(await edits(`${label(count)} ranges`, spread(count))));
  return results;
}

async function translations(size: string, pages: Float64Array): Promise<Measurement[]> {
  const { table, map } = filled(pages);
  const sorted = pages.slice().sort();
  const targets = Float64Array.from(sorted, (_, i) => (i * 7) % sorted.length);
  const random = randomPicks(pages);
  const sequential = Float64Array.from({ length: PROBES }, (_, i) => sorted[i % sorted.length]!);
  const results: Measurement[] = [];
  for (const [order, probes] of [["random", random] as const, ["sequential", sequential] as const]) {
    const walk = windows((from) => walkAll(table, probes, from));
    const locate = windows((from) => locateAll(map, probes, from));
    const search = windows((from) => searchAll(sorted, targets, probes, from));
    const [byTable, byMap, bySearch] = await measure([walk, locate, search], BATCH);
    const peer = { name: "binary search in sorted arrays", nanoseconds: bySearch! };
    results.push({ name: `page table lookup, ${order}`, size, nanoseconds: byTable!, peer });
    results.push({ name: `range map lookup, ${order}`, size, nanoseconds: byMap!, peer });
  }
  return results;
}

async function edits(size: string, pages: Float64Array): Promise<Measurement[]> {
  const { table, map } = filled(pages);
  const picks = randomPicks(pages);
  const remap = windows((from) => {
    for (let i = from; i < from + BATCH; i += 1) {
      const range = frame(picks[i]!);
      map.remove(range);
      map.insert(range, TARGET, 3, i);
    }
    return map.size;
  });
  const refuse = windows((from) => {
    let refused = 0;
    for (let i = from; i < from + BATCH; i += 1) {
      if (map.insert(frame(picks[i]!), TARGET, 3, i) !== undefined) refused += 1;
    }
    return refused;
  });
  const reinstall = windows((from) => {
    for (let i = from; i < from + BATCH; i += 1) {
      table.unmap(picks[i]!, 1);
      table.map(picks[i]!, 1, i, 3, i);
    }
    return table.size;
  });
  const [remapped, refused, reinstalled] = await measure([remap, refuse, reinstall], BATCH);

  let epoch = 1;
  let current = map;
  const fork = () => {
    current = current.own(++epoch);
    return current.epoch;
  };
  const write = () => {
    fork();
    current.remove(frame(picks[0]!));
    current.insert(frame(picks[0]!), TARGET, 3, epoch);
    return current.size;
  };
  const [forked, written] = await measure([fork, write], 1);
  return [
    { name: "range map remove and insert", size, nanoseconds: remapped! },
    { name: "range map insert, refused", size, nanoseconds: refused! },
    { name: "page table unmap and map", size, nanoseconds: reinstalled! },
    { name: "range map fork", size, nanoseconds: forked!, budget: 50_000 },
    { name: "range map fork and first write", size, nanoseconds: written! },
  ];
}

function filled(pages: Float64Array): { table: PageTable; map: RangeMap } {
  const table = PageTable.empty(1, 48, VTD_LEAVES);
  const map = RangeMap.empty(1);
  pages.forEach((page, i) => {
    const target = (i * 7) % pages.length;
    table.map(page, 1, target, 3, i);
    map.insert(frame(page), { page: target, offset: 0 }, 3, i);
  });
  return { table, map };
}

const leaf = emptyLeaf();
const mapping = emptyMapping();

function walkAll(table: PageTable, probes: Float64Array, from: number): number {
  let sum = 0;
  for (let i = from; i < from + BATCH; i += 1) if (table.lookup(probes[i]!, leaf)) sum += leaf.target;
  return sum;
}

function locateAll(map: RangeMap, probes: Float64Array, from: number): number {
  let sum = 0;
  for (let i = from; i < from + BATCH; i += 1) {
    if (map.locate(probes[i]!, 8, mapping)) sum += mapping.target.page;
  }
  return sum;
}

function searchAll(sorted: Float64Array, targets: Float64Array, probes: Float64Array, from: number): number {
  let sum = 0;
  for (let i = from; i < from + BATCH; i += 1) sum += targets[lastAtOrBefore(sorted, probes[i]!)]!;
  return sum;
}

/** Calls `batch` with the start of a window over the probes that moves on with each call. */
function windows(batch: (from: number) => number): () => number {
  let from = 0;
  return () => {
    const result = batch(from);
    from = (from + BATCH) % PROBES;
    return result;
  };
}

/** Median nanoseconds of one operation of each body, which does `operations` of them. */
async function measure(bodies: readonly (() => number)[], operations: number): Promise<number[]> {
  const bench = new Bench({ time: 200, warmupTime: 100 });
  bodies.forEach((body, i) => {
    bench.add(`${i}`, body);
  });
  await bench.run();
  return bench.tasks.map(({ result }) => {
    if (result.state !== "completed") throw new Error(`A benchmark ended as ${result.state}.`);
    return (result.latency.p50 * 1e6) / operations;
  });
}

/** Single frames with gaps: one at a random place in every four frames, in random order. */
function spread(count: number): Float64Array {
  const random = generator();
  return shuffled(
    Float64Array.from({ length: count }, (_, i) => i * 4 + (random() & 3)),
    random,
  );
}

/** Single frames next to each other, in random order. */
function sideBySide(count: number): Float64Array {
  return shuffled(
    Float64Array.from({ length: count }, (_, i) => i),
    generator(),
  );
}

/** Single frames at random places of a 48-bit space. */
function scattered(count: number): Float64Array {
  const random = generator();
  const pages = new Set<number>();
  while (pages.size < count) pages.add(random() * 16 + (random() & 15));
  return Float64Array.from(pages);
}

function shuffled(values: Float64Array, random: () => number): Float64Array {
  for (let i = values.length - 1; i > 0; i -= 1) {
    const j = random() % (i + 1);
    const value = values[i]!;
    values[i] = values[j]!;
    values[j] = value;
  }
  return values;
}

function randomPicks(values: Float64Array): Float64Array {
  const random = generator();
  return Float64Array.from({ length: PROBES }, () => values[random() % values.length]!);
}

/** The same numbers in every run: xorshift32. */
function generator(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

function lastAtOrBefore(sorted: Float64Array, page: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= page) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function frame(page: number): Range {
  return { start: { page, offset: 0 }, last: { page, offset: 4095 } };
}

function label(count: number): string {
  if (count >= 1 << 20) return `${count >> 20}M`;
  return count >= 1024 ? `${count >> 10}k` : `${count}`;
}
