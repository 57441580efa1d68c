import { Bench } from "tinybench";
import { fromBytes, type Range, rangeOfLength } from "../engine/address/index.js";
import type { Request } from "../engine/simulator/dma/pasid-entry.js";
import { translate } from "../engine/simulator/dma/translate.js";
import {
  boot,
  type Machine,
  type Operation,
  type Platform,
  apply as perform,
} from "../engine/simulator/index.js";
import type { Measurement } from "./table.js";

/** Translations per timed call, so that the clock's own cost does not show. */
const BATCH = 4096;
const PROBES = 1 << 17;

/** Budgets of the project for this machine class, in nanoseconds. */
const TRANSLATE_BUDGET = 60;
const FORK_BUDGET = 50_000;

/** Benchmarks of the whole machine: translation with device, PASID and permission lookup, map, unmap, fork. */
export async function simulatorBenchmarks(): Promise<Measurement[]> {
  const results: Measurement[] = [];
  for (const count of [16, 1024, 65_536, 1 << 20]) {
    const size = `${label(count)} ranges of 4K`;
    results.push(...(await translations(size, count, "second stage", undefined)));
    results.push(...(await translations(size, count, "nested", 7)));
  }
  for (const count of [65_536, 1 << 20]) results.push(...(await calls(count)));
  return results;
}

async function translations(
  size: string,
  count: number,
  kind: string,
  pasid: number | undefined,
): Promise<Measurement[]> {
  const results: Measurement[] = [];
  for (const order of ["random", "sequential"] as const) {
    const machine = hostWith(count, pasid !== undefined);
    const pages = Float64Array.from({ length: PROBES }, (_, index) =>
      pageOf(order === "random" ? pick(index, count) : index % count),
    );
    const name = `translate, ${kind}, ${order}`;
    let from = 0;
    const nanoseconds = await median(() => {
      translateAll(machine, pages, from, pasid);
      from = (from + BATCH) % PROBES;
    }, BATCH);
    const budget = order === "random" && count === 65_536 ? { budget: TRANSLATE_BUDGET } : {};
    results.push({ name, size, nanoseconds, ...budget });
  }
  return results;
}

/** The request a device makes again and again; the fields are written in place, as a bus would. */
interface MutableRequest extends Request {
  readonly address: { page: number; offset: number };
}

function translateAll(machine: Machine, pages: Float64Array, from: number, pasid: number | undefined): void {
  const request: MutableRequest = { wire: 0, pasid, address: { page: 0, offset: 8 }, access: 1, priv: false };
  for (let index = from; index < from + BATCH; index += 1) {
    request.address.page = pages[index]!;
    if (translate(machine, request)) throw new Error(`frame ${request.address.page} is not mapped`);
  }
}

async function calls(count: number): Promise<Measurement[]> {
  const machine = hostWith(count, false);
  const size = `${label(count)} ranges`;
  let index = 0;
  const remap = await median(() => {
    const range = pageRange(pageOf(pick(index++, count)));
    apply(machine, { kind: "unmap", origin: 0, owner: 0, space: 0, range });
    apply(machine, mapOf(range));
  }, 1);
  const refused = await median(() => {
    const range = pageRange(pageOf(pick(index++, count)));
    if (perform(machine, mapOf(range)).kind !== "refused") throw new Error("an overlap was not refused");
  }, 1);
  const fork = await median(() => {
    machine.fork();
  }, 1);
  const first = await median(() => {
    const other = machine.fork();
    apply(other, {
      kind: "unmap",
      origin: 0,
      owner: 0,
      space: 0,
      range: pageRange(pageOf(pick(index++, count))),
    });
  }, 1);
  return [
    { name: "unmap and map, as calls", size, nanoseconds: remap },
    { name: "map refused for overlap", size, nanoseconds: refused },
    { name: "fork of a machine", size, nanoseconds: fork, budget: FORK_BUDGET },
    { name: "fork and first unmap", size, nanoseconds: first, budget: FORK_BUDGET },
  ];
}

async function median(run: () => void, operations: number): Promise<number> {
  const bench = new Bench({ time: 300, warmupTime: 100 });
  bench.add("run", run);
  const [task] = await bench.run();
  const result = task?.result;
  if (!result || !("latency" in result)) throw new Error("the benchmark did not run");
  return (result.latency.p50 * 1e6) / operations;
}

/** Every other frame, so that no two ranges touch. */
function pageOf(index: number): number {
  return 0x100 + index * 2;
}

/** A fixed scramble of 0 to count - 1. */
function pick(index: number, count: number): number {
  return (Math.imul(index + 1, 0x9e37_79b1) >>> 0) & (count - 1);
}

function pageRange(page: number): Range {
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

/** A function of category 3 in a guest, with `count` ranges in its default space or in a nested one. */
function hostWith(count: number, nested: boolean): Machine {
  const machine = boot(PLATFORM);
  apply(machine, { kind: "bind", origin: 0, owner: 0, device: 0 });
  apply(machine, { kind: "ioasid", origin: 0, owner: 0, space: 0, name: "gpa" });
  apply(machine, { kind: "attach", origin: 0, owner: 0, device: 0, space: 0 });
  if (!nested) {
    for (let index = 0; index < count; index += 1) apply(machine, mapOf(pageRange(pageOf(index))));
    return machine;
  }
  const whole = rangeOfLength(fromBytes(0), fromBytes(2 ** 30))!;
  const ram = { kind: "memory", memory: 0, offset: fromBytes(0) } as const;
  apply(machine, { kind: "map", origin: 0, owner: 0, space: 0, range: whole, target: ram, access: 3 });
  const table = { kind: "page-table" } as const;
  apply(machine, { kind: "ioasid", origin: 0, owner: 0, space: 1, name: "gva", parent: 0, table });
  apply(machine, { kind: "attach", origin: 0, owner: 0, device: 0, space: 1, pasid: 7 });
  for (let index = 0; index < count; index += 1) {
    const range = pageRange(pageOf(index));
    const target = { kind: "address", address: { page: range.start.page % 0x4_0000, offset: 0 } } as const;
    apply(machine, { kind: "pte", origin: 0, owner: 0, space: 1, range, target, access: 3 });
  }
  return machine;
}

/** One guest, one network card, one VT-d. */
export const PLATFORM: Platform = {
  uapi: "v2",
  uapiOrigin: -1,
  pasidPolicy: "precise",
  kvmMap: "ioasid",
  iommus: [
    {
      name: "vtd",
      form: "vtd",
      format: "vtd",
      pasidWidth: 20,
      addressWidth: 48,
      nesting: "hardware",
      pasidTable: "kernel",
      ats: true,
      pageRequests: false,
      pageSizes: [1, 512, 512 * 512],
      reserved: [rangeOfLength(fromBytes(0xfee0_0000_0000), fromBytes(0x10_0000))!],
      noSnoopControl: false,
      dirtyTracking: false,
      noPasid: "bypass",
      origin: 0,
    },
  ],
  cpu: { enqcmd: true, pasidTranslation: true, origin: 0 },
  devices: [
    {
      name: "nic",
      kind: "pdev",
      category: 3,
      rid: 0x3b00,
      wire: 0,
      iommu: 0,
      pasidWidth: 20,
      ats: true,
      pageRequests: false,
      enqcmd: false,
      exec: false,
      priv: false,
      queue: undefined,
      hidePasid: false,
      hideEnqcmd: false,
      group: 0,
      origin: 0,
    },
  ],
  groups: [{ name: undefined, members: [0], origin: 0 }],
  owners: [{ name: "vm0", kind: "guest", viommuPasidWidth: undefined, origin: 0 }],
  memories: [
    {
      name: "ram",
      owner: 0,
      virtual: rangeOfLength(fromBytes(0x4000_0000), fromBytes(2 ** 30))!,
      physical: fromBytes(0x1_0000_0000),
      origin: 0,
    },
  ],
  processes: [],
};

function label(count: number): string {
  if (count >= 1 << 20) return `${count >> 20}M`;
  return count >= 1024 ? `${count >> 10}k` : `${count}`;
}
