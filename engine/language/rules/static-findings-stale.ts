import { emptyLeaf, RangeMap, toHex } from "../../address/index.js";
import {
  cachedStreams,
  MAX_PASID,
  type Machine,
  type Operation,
  type Origin,
  type Stream,
} from "../../simulator/index.js";
import type { Diagnostic } from "../diagnostic.js";
import type { Program, Step } from "../program.js";
import { findingOf, findingsBy } from "./finding.js";
import { type StaleAtEnd, rule as U099 } from "./U099-stale-at-end.js";

/** A change of a guest's table that something cached does not follow. */
interface Stale {
  readonly facts: StaleAtEnd;
  /** The statement that changed the table. */
  readonly change: Origin;
  /** The statement that the cached translation came from, where it came from one. */
  readonly from: Origin | undefined;
}

/**
 * What the IOMMU still has cached at the end of a scenario although a guest has changed its table (U099),
 * told once for each changing statement, at the last change of the place.
 * @param steps of the scenario, without those that were refused
 * @param told spaces that a request was led to so, with their owners in front: that is said on its line already (U093)
 */
export function staleFindings(
  machine: Machine,
  program: Program,
  steps: readonly Step[],
  told: ReadonlySet<string>,
): readonly Diagnostic[] {
  return findingsBy(U099.id, program.file, () => find(machine, program, steps, told));
}

function* find(
  machine: Machine,
  program: Program,
  steps: readonly Step[],
  told: ReadonlySet<string>,
): Iterable<Diagnostic> {
  const changes = new Changes(machine);
  for (const step of steps) if (step.kind === "operation") changes.note(step.operation);
  if (changes.isEmpty) return;
  const seen = new Set<Origin>();
  for (const [wire, slot, stream] of cachedStreams(machine)) {
    const space = machine.spaces.get(stream.space);
    if (!stream.cached || space?.kind !== "page-table") continue;
    if (told.has(`${program.platform.owners[space.owner]!.name}.${space.name}`)) continue;
    for (const { facts, change, from } of [
      ...changes.entries(wire, slot, stream),
      ...changes.translations(wire, stream),
    ]) {
      if (seen.has(change)) continue;
      seen.add(change);
      const message = "the cached translation came from this statement";
      const place = from === undefined ? undefined : program.origins[from];
      yield findingOf(U099, facts, program.origins[change]!, place ? [{ span: place, message }] : []);
    }
  }
}

/** What a scenario wrote to tables of guests: for each place the last statement. */
class Changes {
  /** By space; frames as the IOTLB counts them. */
  private readonly pages = new Map<number, RangeMap>();
  /** By PASID table, then by PASID. */
  private readonly slots = new Map<number, Map<number, Origin>>();

  constructor(private readonly machine: Machine) {}

  get isEmpty(): boolean {
    return this.pages.size === 0 && this.slots.size === 0;
  }

  note(operation: Operation): void {
    if (operation.kind === "entry") {
      const slots = this.slots.get(operation.table) ?? new Map<number, Origin>();
      this.slots.set(operation.table, slots.set(operation.pasid, operation.origin));
    } else if (operation.kind === "pte") {
      const map = this.pages.get(operation.space) ?? RangeMap.empty(1);
      this.pages.set(operation.space, map);
      const { tableFrames } = this.machine;
      const { start, last } = operation.range;
      const range = {
        start: { page: start.page % tableFrames, offset: 0 },
        last: { page: last.page % tableFrames, offset: 4095 },
      };
      if (range.start.page > range.last.page) return;
      map.carve(range);
      map.insert(range, start, 0, operation.origin);
    }
  }

  /** The cached entry of the guest's PASID table, where the table now says something else. */
  *entries(wire: number, slot: number, stream: Stream): Iterable<Stale> {
    const { machine } = this;
    const number = machine.device(wire).guestTable;
    const table = number === undefined ? undefined : machine.spaces.get(number);
    // Requests without PASID are cached under a number past the last PASID; entry 0 is theirs, or none is.
    const pasid = slot > MAX_PASID ? undefined : slot;
    if (!table || (pasid === undefined && !usesEntryZero(machine, wire))) return;
    const change = this.slots.get(table.number)?.get(pasid ?? 0);
    if (change === undefined || table.entries.get(pasid ?? 0)?.space === stream.space) return;
    const device = machine.platform.devices[wire]!.name;
    const space = machine.spaces.get(stream.space)!.name;
    const facts = { device, space, address: undefined, table: table.name, pasid };
    yield { facts, change, from: undefined };
  }

  /** The cached translations that the page tables now give otherwise, or not at all. */
  *translations(wire: number, stream: Stream): Iterable<Stale> {
    const { machine } = this;
    const changed = this.pages.get(stream.space);
    if (!changed) return;
    const device = machine.platform.devices[wire]!.name;
    const space = machine.spaces.get(stream.space)!.name;
    const found: Stale[] = [];
    stream.iotlb.forEach((page, frames, target, access, from) => {
      const run = { start: { page, offset: 0 }, last: { page: page + frames - 1, offset: 4095 } };
      changed.forEach((mapping) => {
        const first = Math.max(page, mapping.start.page);
        const length = Math.min(run.last.page, mapping.last.page) - first + 1;
        const cached = { page: first, frames: length, target: target + (first - page), access };
        const stale = firstStale(machine, stream.space, cached);
        if (stale === undefined) return;
        // The statement's own address: the IOTLB folds upper halves under the width of the tables.
        const address = toHex({ page: mapping.target.page + (stale - mapping.start.page), offset: 0 });
        const facts = { device, space, address, table: undefined, pasid: undefined } as const;
        found.push({ facts, change: mapping.origin, from });
      }, run);
    });
    yield* found;
  }
}

function usesEntryZero({ platform }: Machine, wire: number): boolean {
  return platform.iommus[platform.devices[wire]!.iommu]!.noPasid === "entry-0";
}

/** The first frame of a cached run that the guest's table and its parent now give otherwise, or not at all. */
function firstStale(
  machine: Machine,
  number: number,
  cached: {
    readonly page: number;
    readonly frames: number;
    readonly target: number;
    readonly access: number;
  },
): number | undefined {
  const space = machine.spaces.get(number)!;
  const parent = machine.spaces.get(space.parent);
  const first = emptyLeaf();
  const second = emptyLeaf();
  for (let done = 0; done < cached.frames; ) {
    const page = cached.page + done;
    if (!space.pages.lookup(page, first) || !parent?.pages.lookup(first.target, second)) return page;
    if (second.target !== cached.target + done || (cached.access & ~first.access) !== 0) return page;
    done += Math.max(1, Math.min(space.pages.runLeft(page), parent.pages.runLeft(first.target)));
  }
  return undefined;
}
