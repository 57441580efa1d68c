import { Bench } from "tinybench";
import { emptyLeaf, emptyMapping, PageTable, RangeMap } from "../engine/address/index.js";

/** One line of the table that `npm run bench` prints. */
export interface BenchmarkRow {
  readonly name: string;
  readonly nsPerOperation: number;
  readonly opsPerSecond: number;
}

/** Operations per timed call, so that the clock's own cost does not show. */
const BATCH = 4096;
const PROBES = 1 << 17;
const VTD_LEAVES = [1, 512, 262144];

/** Benchmarks of the address containers; a plain binary search over sorted arrays runs as their peer. */
export async function addressBenchmarks(): Promise<BenchmarkRow[]> {
  const rows: BenchmarkRow[] = [];
  for (const count of [16, 1024, 65_536, 1 << 20]) {
    rows.push(...(await translations(`${label(count)} ranges`, spread(count))));
  }
  rows.push(...(await translations("64k ranges all over 48 bits", scattered(65_536))));
  for (const count of [65_536, 1 << 20]) rows.push(...(await edits(label(count), spread(count))));
  return rows;
}

async function translations(name: string, pages: Float64Array): Promise<BenchmarkRow[]> {
  const table = PageTable.empty(1, 48, VTD_LEAVES);
  const map = RangeMap.empty(1);
  const sorted = pages.slice().sort();
  const targets = new Float64Array(pages.length);
  pages.forEach((page, i) => {
    const target = (i * 7) % pages.length;
    table.map(page, 1, target, 3, i);
    const start = { page, offset: 0 };
    map.insert({ start, last: { page, offset: 4095 } }, { page: target, offset: 0 }, 3, i);
    targets[i] = target;
  });
  const random = randomPicks(pages);
  const sequential = Float64Array.from({ length: PROBES }, (_, i) => sorted[i % sorted.length]!);

  const leaf = emptyLeaf();
  const mapping = emptyMapping();
  const walk = (page: number) => (table.lookup(page, leaf) ? leaf.target : 0);
  const locate = (page: number) => (map.locate(page, 8, mapping) ? mapping.target.page : 0);
  const search = (page: number) => targets[lastAtOrBefore(sorted, page)]!;

  const bench = new Bench({ time: 200, warmupTime: 100 });
  bench.add(
    `translate random, ${name}: page table`,
    batches(random, (page) => walk(page)),
  );
  bench.add(
    `translate random, ${name}: range map`,
    batches(random, (page) => locate(page)),
  );
  bench.add(
    `translate random, ${name}: sorted array (peer)`,
    batches(random, (page) => search(page)),
  );
  bench.add(
    `translate sequential, ${name}: page table`,
    batches(sequential, (page) => walk(page)),
  );
  bench.add(
    `translate sequential, ${name}: range map`,
    batches(sequential, (page) => locate(page)),
  );
  bench.add(
    `translate sequential, ${name}: sorted array (peer)`,
    batches(sequential, (page) => search(page)),
  );
  return run(bench, BATCH);
}

async function edits(name: string, pages: Float64Array): Promise<BenchmarkRow[]> {
  const table = PageTable.empty(1, 48, VTD_LEAVES);
  let map = RangeMap.empty(1);
  pages.forEach((page, i) => {
    table.map(page, 1, i, 3, i);
    map.insert(rangeOf(page), { page: i, offset: 0 }, 3, i);
  });
  const picks = randomPicks(pages);
  let epoch = 1;
  const target = { page: 1, offset: 0 };

  const bench = new Bench({ time: 200, warmupTime: 100 });
  const remap = batches(picks, (page) => {
    map.remove(rangeOf(page));
    map.insert(rangeOf(page), target, 3, 1);
    return page;
  });
  const refuse = batches(picks, (page) => map.insert(rangeOf(page), target, 3, 1)!.origin);
  const unmap = batches(picks, (page) => {
    table.unmap(page, 1);
    table.map(page, 1, 1, 3, 1);
    return page;
  });
  bench.add(`remove and insert, ${name} ranges: range map`, remap);
  bench.add(`refused insert, ${name} ranges: range map`, refuse);
  bench.add(`unmap and map 4K, ${name} ranges: page table`, unmap);
  const rows = await run(bench, BATCH);

  const forks = new Bench({ time: 200, warmupTime: 50 });
  forks.add(`fork, ${name} ranges: range map`, () => {
    map = map.own(++epoch);
  });
  forks.add(`fork and first write, ${name} ranges: range map`, () => {
    map = map.own(++epoch);
    map.remove(rangeOf(picks[0]!));
    map.insert(rangeOf(picks[0]!), target, 3, 1);
  });
  rows.push(...(await run(forks, 1)));
  return rows;
}

/** Calls of `operation` over a window of `values` that moves on with each call. */
function batches(values: Float64Array, operation: (value: number) => number): () => number {
  let from = 0;
  return () => {
    let sum = 0;
    for (let i = from; i < from + BATCH; i += 1) sum += operation(values[i]!);
    from = (from + BATCH) % values.length;
    return sum;
  };
}

async function run(bench: Bench, operations: number): Promise<BenchmarkRow[]> {
  await bench.run();
  return bench.tasks.map((task) => {
    if (task.result.state !== "completed") throw new Error(`${task.name} did not complete.`);
    const nsPerOperation = (task.result.latency.p50 * 1e6) / operations;
    return { name: task.name, nsPerOperation, opsPerSecond: 1e9 / nsPerOperation };
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

function rangeOf(page: number) {
  return { start: { page, offset: 0 }, last: { page, offset: 4095 } };
}

function label(count: number): string {
  if (count >= 1 << 20) return `${count >> 20}M`;
  return count >= 1024 ? `${count >> 10}k` : `${count}`;
}
