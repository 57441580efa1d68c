import { walk } from "./dma/walk.js";
import type { Machine } from "./machine.js";
import { streamOf } from "./pasid/entries.js";
import type { IotlbRow, StreamRow } from "./view.js";

/** Everything that the IOMMUs have cached, by requester id and PASID. */
export function streamRows(machine: Machine): StreamRow[] {
  return [...machine.devices.entries()].flatMap(([wire, { streams }]) =>
    [...streams.entries()].map(([slot, { space, cached, iotlb }]) => ({
      wire,
      slot,
      space,
      cached,
      translations: iotlb.size,
    })),
  );
}

/**
 * Some of the translations that are cached for one (RID, PASID), by address, and whether each is stale.
 * @param slot as `streamRows` gives it
 * @param from how many to pass over
 * @param count how many to give at most
 */
export function iotlbRows(
  machine: Machine,
  wire: number,
  slot: number,
  from: number,
  count: number,
): IotlbRow[] {
  const rows: IotlbRow[] = [];
  let at = 0;
  machine
    .device(wire)
    .streams.get(slot)
    ?.iotlb.forEach((page, frames, target, access) => {
      if (at >= from && rows.length < count) {
        rows.push({ page, frames, target, access, stale: isStale(machine, wire, slot, page, target) });
      }
      at += 1;
    });
  return rows;
}

/** Whether the tables as they stand would not give what the cache does. */
function isStale(machine: Machine, wire: number, slot: number, page: number, target: number): boolean {
  const state = machine.device(wire);
  const stream = state.streams.get(slot)!;
  // A host process keeps its memory for as long as it lives.
  if (stream.space < 0) return false;
  const table = state.guestTable === undefined ? undefined : machine.spaces.get(state.guestTable);
  const iommu = machine.platform.iommus[machine.platform.devices[wire]!.iommu]!;
  const isPlain = slot === streamOf(iommu, undefined);
  const pasid = isPlain && !(table && iommu.noPasid === "entry-0") ? undefined : slot;
  const entry =
    table && pasid !== undefined ? table.entries.get(pasid)?.space : state.entries.get(pasid ?? 0)?.space;
  if (entry !== stream.space) return true;
  const request = { wire, pasid, address: { page, offset: 0 }, access: 0, priv: false, frames: 1 };
  const fresh = walk(machine, request, stream.space);
  return "name" in fresh || machine.translation.page !== target;
}
