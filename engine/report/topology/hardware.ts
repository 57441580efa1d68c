import { formatRid, iotlbRows, type Machine, streamRows } from "../../simulator/index.js";
import { countText, plural } from "../names.js";
import type { Draft } from "./draft.js";
import { deviceId, hostProcessId, ownerId, pasidId, ridId, spaceId } from "./ids.js";
import type { TopologyMark } from "./types.js";

/** Entries of one PASID table that are shown, beside those that a request goes through. */
const ENTRIES = 32;

/** Cached translations of one stream that are compared with the tables. */
const COMPARED = 100;

/** Devices that somebody can be given, and the requester ids that their requests have. */
export function addDevices(draft: Draft, machine: Machine): void {
  const { devices, iommus } = machine.platform;
  for (const [index, device] of devices.entries()) {
    const { name, kind, category, rid, wire, iommu, origin } = device;
    if (wire === index) {
      const detail = `${name} · behind ${iommus[iommu]!.name}`;
      draft.add({ id: ridId(index), kind: "rid", label: `RID ${formatRid(rid)}`, detail, origin });
    }
    if (category === undefined) continue;
    const detail = `${kind} · category ${category}`;
    draft.add({ id: deviceId(index), kind: "device", label: name, detail, origin });
  }
  for (const [index, { wire, category }] of devices.entries()) {
    // What a software mdev does goes to no bus.
    if (category !== undefined && category !== 1) draft.link(deviceId(index), ridId(wire));
    for (const { owner } of machine.device(index).bound) draft.link(ownerId(owner), deviceId(index));
  }
}

/**
 * The PASID tables, and where their entries lead. Comes after the spaces.
 * @param used entries that are shown however many there are, by `pasidId`
 * @param stale marks of the entries, by the same
 */
export function addEntries(
  draft: Draft,
  machine: Machine,
  used: ReadonlySet<string>,
  stale: ReadonlyMap<string, readonly TopologyMark[]>,
): void {
  for (const [wire, state] of machine.devices.entries()) {
    const table = state.guestTable === undefined ? undefined : machine.spaces.get(state.guestTable);
    if (table) {
      draft.link(ridId(wire), spaceId(table.number), "all PASIDs");
      continue;
    }
    const shown = shownEntries(state.entries, used, wire);
    for (const [slot, entry] of shown) {
      const target = entry.space < 0 ? hostProcessId(entry.process) : spaceId(entry.space);
      if (entry.use === "default") {
        draft.link(ridId(wire), target, "no PASID");
        continue;
      }
      const id = pasidId(wire, slot);
      const { name } = machine.platform.devices[entry.device]!;
      const vpasid = entry.pasid === undefined ? "default space" : `vPASID ${entry.pasid}`;
      const detail = entry.use === "sva" ? `${name} · host process` : `${name} · ${vpasid}`;
      const marks = stale.get(id) ?? [];
      draft.add({ id, kind: "pasid", label: `PASID ${slot}`, detail, origin: entry.origin }, ...marks);
      draft.link(ridId(wire), id);
      draft.link(id, target);
    }
    addRest(draft, wire, state.entries.size - shown.size);
  }
  for (const [index, { category }] of machine.platform.devices.entries()) {
    const last = machine.device(index).defaults.at(-1);
    if (category === 1 && last) draft.link(deviceId(index), spaceId(last.space), "in software");
  }
}

/** The first entries of a table, which can have a million, and those that a request goes through. */
function shownEntries<E>(
  entries: { entries(): Iterable<[number, E]>; get(slot: number): E | undefined },
  used: ReadonlySet<string>,
  wire: number,
): Map<number, E> {
  const shown = new Map<number, E>();
  for (const [slot, entry] of entries.entries()) {
    if (shown.size >= ENTRIES) break;
    shown.set(slot, entry);
  }
  for (const id of used) {
    const [kind, of, slot] = id.split(" ");
    const entry = kind === "pasid" && of === String(wire) ? entries.get(Number(slot)) : undefined;
    if (entry) shown.set(Number(slot), entry);
  }
  return shown;
}

function addRest(draft: Draft, wire: number, rest: number): void {
  if (rest <= 0) return;
  const id = `more ${ridId(wire)}`;
  draft.add({ id, kind: "more", label: `… ${countText(rest)} more PASIDs`, detail: "", origin: undefined });
  draft.link(ridId(wire), id);
}

/** Marks of the streams of which the IOTLB believes something that the tables no longer give, by `pasidId`. */
export function staleStreams(machine: Machine): Map<string, TopologyMark[]> {
  const marks = new Map<string, TopologyMark[]>();
  for (const { wire, slot } of streamRows(machine)) {
    const count = iotlbRows(machine, wire, slot, 0, COMPARED).filter(({ stale }) => stale).length;
    if (count === 0) continue;
    const text = `The IOTLB still believes ${plural(count, "translation")} that the tables no longer give.`;
    marks.set(pasidId(wire, slot), [{ kind: "stale", text }]);
  }
  return marks;
}
