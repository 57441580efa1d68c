import type { Mapping } from "../address/index.js";
import type { Machine } from "./machine.js";
import { namespaceOf } from "./pasid/pool.js";
import { pieceOf } from "./piece.js";
import type { AttachmentRow, GuestEntryRow, SpaceRow } from "./view.js";

/** Every IOASID that exists, in the order of their numbers. */
export function spaceRows(machine: Machine): SpaceRow[] {
  const rows: SpaceRow[] = [];
  for (const [, space] of machine.spaces.entries()) {
    const { number, name, id, owner, parent, kind, table, globalPasid, pending, ranges, entries, origin } =
      space;
    rows.push({
      number,
      name,
      id,
      owner,
      parent: parent < 0 ? undefined : parent,
      ioas: ioasBehind(machine, number),
      kind,
      at: table?.at,
      format: table?.format,
      globalPasid,
      pending: pending.length,
      mappings: ranges.size,
      entries: entries.size,
      origin,
    });
  }
  return rows;
}

function ioasBehind({ iommufd }: Machine, number: number): number | undefined {
  const object = iommufd.objects.get(number);
  return object?.type === "hwpt-paging" ? object.ioas : undefined;
}

/** Every attachment of every device, by device; default spaces before vPASIDs, those by number. */
export function attachmentRows(machine: Machine): AttachmentRow[] {
  return [...machine.devices.entries()].flatMap(([index]) => [...attachmentsOf(machine, index)]);
}

/** The attachments to one space in the same order, made one after the other: there may be a million. */
export function* attachmentsTo(machine: Machine, space: number): Iterable<AttachmentRow> {
  for (const [index] of machine.devices.entries()) {
    for (const row of attachmentsOf(machine, index)) if (row.space === space) yield row;
  }
}

/** How many attachments a space has. */
export function attachmentCount(machine: Machine, space: number): number {
  // Behind iommufd a slice in software is no user of the IOAS: it has an access to it.
  if (machine.platform.uapi === "iommufd") return [...attachmentsTo(machine, space)].length;
  let count = 0;
  machine.spaces.get(space)?.users.forEach((attachments) => {
    count += attachments;
  });
  return count;
}

function* attachmentsOf(machine: Machine, index: number): Iterable<AttachmentRow> {
  const state = machine.device(index);
  const device = machine.platform.devices[index]!;
  for (const [at, { space, origin }] of state.defaults.entries()) {
    const routed = at === state.defaults.length - 1;
    const isSoftware = device.category === 1;
    // Behind iommufd a slice has its default space by one of its attaches with a PASID, which has a row.
    if (machine.platform.uapi === "iommufd" && device.kind === "mdev" && !isSoftware) continue;
    const physical = device.kind === "mdev" && !isSoftware ? state.defPasid : undefined;
    const namespace = isSoftware ? "software" : physical ? namespaceOf(machine.platform, device) : "none";
    yield { space, device: index, pasid: undefined, physical, namespace, routed, origin };
  }
  for (const [pasid, { space, physical, namespace, origin }] of state.attachments.entries()) {
    yield { space, device: index, pasid, physical, namespace, routed: true, origin };
  }
}

/**
 * Some of the mappings of a space, in the order of their addresses.
 * @param space number of a space that exists
 * @param from how many to pass over
 * @param count how many to give at most
 */
export function mappingRows(machine: Machine, space: number, from: number, count: number): Mapping[] {
  return machine.spaces.get(space)!.ranges.slice(from, count);
}

/** Some of the entries that a guest wrote in its own PASID table, by number; see `mappingRows`. */
export function guestEntryRows(
  machine: Machine,
  space: number,
  from: number,
  count: number,
): GuestEntryRow[] {
  const entries = pieceOf(machine.spaces.get(space)!.entries.entries(), from, count);
  return entries.map(([pasid, entry]) => ({ pasid, space: entry.space, origin: entry.origin }));
}
