import { performance } from "node:perf_hooks";
import { readCorpus, type Sequence } from "../cli/conform/corpus.js";
import { replay } from "../cli/conform/replay.js";
import type { Range } from "../engine/address/index.js";
import { boot, type Machine, type Operation, apply as perform } from "../engine/simulator/index.js";
import { PLATFORM } from "./simulator.js";
import type { Measurement } from "./table.js";

/** The whole corpus in a test run, in nanoseconds. */
const CORPUS_BUDGET = 3e9;
const FAMILIES = ["A", "B", "C", "D", "E", "F"] as const;
const AREAS = 65_536;
/** Pairs of a map and an unmap in one round, rounds that count, and rounds before them that do not. */
const PAIRS = 5_000;
const ROUNDS = 61;
const WARM_UP = 4;

/** Benchmarks of iommufd: the answers of a real kernel replayed, and its maps against those of the RFC. */
export async function iommufdBenchmarks(): Promise<Measurement[]> {
  const sequences = FAMILIES.flatMap((family) => readCorpus(`test/conformance/corpus/${family}.jsonl.gz`));
  const times = [0, 1, 2].map(() => timeOf(sequences));
  const corpus: Measurement = {
    name: "replay the answers of a kernel",
    size: `${sequences.length} sequences`,
    nanoseconds: median(times),
    budget: CORPUS_BUDGET,
  };
  const { rfc, iommufd } = mapsAndUnmaps();
  const peer = { name: "the RFC's calls", nanoseconds: rfc };
  return [corpus, { name: "map and unmap by iommufd", size: "64k areas", nanoseconds: iommufd, peer }];
}

function timeOf(sequences: readonly Sequence[]): number {
  const start = performance.now();
  for (const sequence of sequences) replay(sequence);
  return (performance.now() - start) * 1e6;
}

/**
 * Median nanoseconds of one map and one unmap in a space that is full of others, by either front door. Both
 * hosts are full before the first round, and the rounds alternate, so that neither has the machine, the
 * compiled code or the heap of a quieter moment. Areas, alignment and memory are the same, and a device is
 * attached to both spaces: each call writes the page table, too.
 */
function mapsAndUnmaps(): { readonly rfc: number; readonly iommufd: number } {
  const hosts = { rfc: hostOf("v2"), iommufd: hostOf("iommufd") };
  const times = { rfc: [] as number[], iommufd: [] as number[] };
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const order = round % 2 === 0 ? (["rfc", "iommufd"] as const) : (["iommufd", "rfc"] as const);
    for (const door of order) {
      const nanoseconds = timeOfPairs(hosts[door]);
      if (round >= WARM_UP) times[door].push(nanoseconds);
    }
  }
  return { rfc: median(times.rfc), iommufd: median(times.iommufd) };
}

function timeOfPairs(machine: Machine): number {
  const range = pageRange(AREAS + 1);
  const map = mapOf(range);
  const unmap = { kind: "unmap", origin: 0, owner: 0, space: 0, range } as const;
  const start = performance.now();
  for (let pair = 0; pair < PAIRS; pair += 1) {
    apply(machine, map);
    apply(machine, unmap);
  }
  return ((performance.now() - start) * 1e6) / PAIRS;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1]!;
}

function hostOf(uapi: "v2" | "iommufd"): Machine {
  const machine = boot({ ...PLATFORM, uapi });
  apply(machine, { kind: "bind", origin: 0, owner: 0, device: 0 });
  const kind = uapi === "v2" ? "ioasid" : "ioas";
  apply(machine, { kind, origin: 0, owner: 0, space: 0, name: "gpa" });
  apply(machine, { kind: "attach", origin: 0, owner: 0, device: 0, space: 0 });
  for (let index = 0; index < AREAS; index += 1) apply(machine, mapOf(pageRange(index)));
  return machine;
}

/** Every other frame, so that no two areas touch. */
function pageRange(index: number): Range {
  const page = 0x100 + index * 2;
  return { start: { page, offset: 0 }, last: { page, offset: 4095 } };
}

function mapOf(range: Range): Operation {
  const offset = { page: range.start.page % 0x4_0000, offset: 0 };
  const target = { kind: "memory", memory: 0, offset } as const;
  return { kind: "map", origin: 0, owner: 0, space: 0, range, target, access: 3 };
}

function apply(machine: Machine, operation: Operation): void {
  const outcome = perform(machine, operation);
  if (outcome.kind !== "ok") throw new Error(`${operation.kind} did not succeed`);
}
