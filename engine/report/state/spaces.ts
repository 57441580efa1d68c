import { formatRange, toHex } from "../../address/index.js";
import {
  type AttachmentRow,
  accessLetters,
  guestEntryRows,
  type Machine,
  mappingRows,
  type SpaceKind,
  type SpaceRow,
} from "../../simulator/index.js";
import { memoryBehind, routingText } from "../explain.js";
import { objectKind } from "../iommufd-objects.js";
import { listOf, type Pages, type Source } from "./pages.js";
import type { Reading } from "./reading.js";
import type { AttachmentItem, EntryItem, MappingItem, OwnerItem, SpaceItem } from "./types.js";

/** Who writes the table of a space, as a phrase. */
const MANAGED: Readonly<Record<SpaceKind, string>> = {
  root: "kernel-managed",
  shadow: "kernel-managed, merged with its parent",
  "page-table": "page table of the guest",
  "pasid-table": "PASID table of the guest",
  unbound: "no table bound yet",
};

/** The owners that have a space, in order of declaration. */
export function ownersOf<P>(reading: Reading<P>, pages: Pages): Source<OwnerItem<P>> {
  const { owners } = reading.machine.platform;
  const indices = [...owners.keys()].filter((index) => reading.roots(index).length > 0);
  return listOf(indices, (index) => {
    const { name, kind, origin } = owners[index]!;
    return {
      kind: "owner",
      name,
      form: kind,
      spaces: pages.first(`spaces:${index}`, rootsOf(reading, pages, index)),
      place: reading.placeOf(origin),
    };
  });
}

/** The root spaces of an owner. @param owner index in the platform */
export function rootsOf<P>(reading: Reading<P>, pages: Pages, owner: number): Source<SpaceItem<P>> {
  return listOf(reading.roots(owner), (row) => spaceItem(reading, pages, row));
}

/** The spaces that are nested on one. @param space its number */
export function childrenOf<P>(reading: Reading<P>, pages: Pages, space: number): Source<SpaceItem<P>> {
  return listOf(reading.children(space), (row) => spaceItem(reading, pages, row));
}

function spaceItem<P>(reading: Reading<P>, pages: Pages, row: SpaceRow): SpaceItem<P> {
  const { number, name, owner, id, kind, globalPasid, pending, origin } = row;
  return {
    kind: "space",
    name,
    owner: reading.machine.platform.owners[owner]!.name,
    id,
    form: kind,
    managed: managedText(reading.machine, row),
    globalPasid,
    pending,
    attachments: pages.first(`attachments:${number}`, attachmentsOf(reading, number)),
    mappings: pages.first(`mappings:${number}`, mappingsOf(reading, number)),
    entries: pages.first(`entries:${number}`, entriesOf(reading, number)),
    children: pages.first(`children:${number}`, childrenOf(reading, pages, number)),
    problems: reading.problems.ofSpace(number),
    place: reading.placeOf(origin),
  };
}

function managedText(machine: Machine, { number, kind, at, format }: SpaceRow): string {
  const where = at ? ` at ${toHex(at)}` : "";
  const object = objectKind(machine, number);
  if (object !== undefined) return `${object}${where}`;
  return `${MANAGED[kind]}${where}${format === undefined ? "" : `, format ${format}`}`;
}

/** The ways of devices into a space. */
export function attachmentsOf<P>(reading: Reading<P>, space: number): Source<AttachmentItem<P>> {
  return listOf(reading.attachments(space), (row) => attachmentItem(reading, row));
}

function attachmentItem<P>(reading: Reading<P>, row: AttachmentRow): AttachmentItem<P> {
  const { name, rid } = reading.machine.platform.devices[row.device]!;
  return {
    kind: "attachment",
    device: name,
    pasid: row.pasid,
    ppasid: row.physical,
    routing: routingText({ ...row, rid }),
    routed: row.routed,
    place: reading.placeOf(row.origin),
  };
}

/** What is mapped in a space, by address. */
export function mappingsOf<P>(reading: Reading<P>, space: number): Source<MappingItem<P>> {
  const row = reading.space(space);
  return {
    total: row.mappings,
    items: (from, count) =>
      mappingRows(reading.machine, space, from, count).map((mapping) => ({
        kind: "mapping",
        range: formatRange(mapping),
        target:
          (row.parent === undefined
            ? memoryBehind(reading.machine.platform, row.owner, mapping.target)
            : undefined) ?? toHex(mapping.target),
        access: accessLetters(mapping.access),
        place: reading.placeOf(mapping.origin),
      })),
  };
}

/** What a guest wrote in its own PASID table, by number. */
export function entriesOf<P>(reading: Reading<P>, space: number): Source<EntryItem<P>> {
  return {
    total: reading.space(space).entries,
    items: (from, count) =>
      guestEntryRows(reading.machine, space, from, count).map((entry) => ({
        kind: "entry",
        pasid: entry.pasid,
        space: reading.spaceName(entry.space),
        place: reading.placeOf(entry.origin),
      })),
  };
}
