import type { PageTable, Range } from "../../address/index.js";
import type { Machine } from "../machine.js";
import { isWithin } from "../space/lookup.js";
import type { Stream } from "../state.js";

/**
 * Invalidates what the IOMMU cached through a space. Translations that a child made with the space as
 * its second stage go as a whole, as a domain-selective invalidation would take them.
 * @param range input addresses of the space; all of them when left out
 */
export function flushSpace(machine: Machine, space: number, range?: Range): void {
  for (const [wire, slot, stream] of [...cachedStreams(machine)]) {
    if (stream.space < 0 || !isWithin(machine, stream.space, space)) continue;
    const own = machine.ownStream(wire, slot, stream.space);
    if (range && stream.space === space) {
      forget(machine, own.iotlb, range);
    } else {
      own.iotlb.clear();
    }
  }
}

/** Upper halves are folded under the width of the tables; a range that spans both takes everything. */
function forget(machine: Machine, iotlb: PageTable, range: Range): void {
  const frames = machine.tableFrames;
  const first = range.start.page;
  const count = range.last.page - first + 1;
  if (count >= frames) iotlb.clear();
  else if ((first % frames) + count <= frames) iotlb.removeOverlapping(first % frames, count);
  else {
    iotlb.removeOverlapping(first % frames, frames - (first % frames));
    iotlb.removeOverlapping(0, (first % frames) + count - frames);
  }
}

/** Drops the cached PASID-table entries of the RIDs that use a guest's PASID table. */
export function flushPasidCache(machine: Machine, table: number): void {
  for (const [wire, slot, stream] of [...cachedStreams(machine)]) {
    if (machine.device(wire).guestTable !== table || !stream.cached) continue;
    machine.ownStream(wire, slot, stream.space).cached = false;
  }
}

/** Drops everything that is cached for a RID, as a change of its whole PASID table needs. */
export function flushRid(machine: Machine, wire: number): void {
  const slots = [...machine.device(wire).streams.entries()].map(([slot]) => slot);
  if (slots.length === 0) return;
  const device = machine.ownDevice(wire);
  for (const slot of slots) device.streams.delete(slot);
}

/** Every (RID, PASID) with something cached, in ascending order. */
export function* cachedStreams(machine: Machine): IterableIterator<[wire: number, slot: number, Stream]> {
  for (const [wire] of machine.cachingRids.entries()) {
    for (const [slot, stream] of machine.device(wire).streams.entries()) yield [wire, slot, stream];
  }
}
