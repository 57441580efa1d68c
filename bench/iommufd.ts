import { performance } from "node:perf_hooks";
import { Bench } from "tinybench";
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

/** Benchmarks of iommufd: the answers of a real kernel replayed, and its maps against those of the RFC. */
export async function iommufdBenchmarks(): Promise<Measurement[]> {
  const sequences = FAMILIES.flatMap((family) => readCorpus(`test/conformance/corpus/${family}.jsonl.gz`));
  const times = [0, 1, 2].map(() => timeOf(sequences)).sort((a, b) => a - b);
  const corpus: Measurement = {
    name: "replay the answers of a kernel",
    size: `${sequences.length} sequences`,
    nanoseconds: times[1]!,
    budget: CORPUS_BUDGET,
  };
  const rfc = await mapAndUnmap(hostOf("v2"));
  const iommufd = await mapAndUnmap(hostOf("iommufd"));
  const peer = { name: "the RFC's calls", nanoseconds: rfc };
  return [corpus, { name: "map and unmap by iommufd", size: "64k areas", nanoseconds: iommufd, peer }];
}

function timeOf(sequences: readonly Sequence[]): number {
  const start = performance.now();
  for (const sequence of sequences) replay(sequence);
  return (performance.now() - start) * 1e6;
}

/** Nanoseconds of one map and one unmap in a space that is full of others. */
async function mapAndUnmap(machine: Machine): Promise<number> {
  const range = pageRange(AREAS + 1);
  const map = mapOf(range);
  const unmap = { kind: "unmap", origin: 0, owner: 0, space: 0, range } as const;
  const bench = new Bench({ time: 300, warmupTime: 100 });
  bench.add("run", () => {
    apply(machine, map);
    apply(machine, unmap);
  });
  const [task] = await bench.run();
  const result = task?.result;
  if (!result || !("latency" in result)) throw new Error("the benchmark did not run");
  return result.latency.p50 * 1e6;
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
