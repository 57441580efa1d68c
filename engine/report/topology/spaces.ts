import { add, formatRange, subtract } from "../../address/index.js";
import { groupedHex } from "../../language/index.js";
import {
  behind,
  guestEntryRows,
  type Machine,
  mappingRows,
  qualifiedSpaceName,
  spaceRows,
} from "../../simulator/index.js";
import { objectKind } from "../iommufd-objects.js";
import { countText, plural } from "../names.js";
import type { Draft } from "./draft.js";
import { hostProcessId, memoryId, spaceId } from "./ids.js";
import type { TopologyMark } from "./types.js";

/** Spaces that are shown, mappings of one that are followed to memory, and entries of a guest's table. */
const SPACES = 3000;
const MAPPINGS = 200;
const GUEST_ENTRIES = 64;

const KINDS = {
  root: "kernel-managed",
  shadow: "merged with its parent",
  "page-table": "page table of the guest",
  "pasid-table": "PASID table of the guest",
  unbound: "no table bound yet",
} as const;

/** The I/O address spaces, what they are nested on, and the memory behind them. */
export function addSpaces(draft: Draft, machine: Machine): void {
  addMemories(draft, machine);
  const rows = spaceRows(machine).slice(0, SPACES);
  for (const { number, id, kind, pending, origin } of rows) {
    const label = qualifiedSpaceName(machine, number);
    const marks: TopologyMark[] = [];
    if (pending > 0) {
      marks.push({
        kind: "waiting",
        text: `${plural(pending, "request waits", "requests wait")} for a page response.`,
      });
    }
    draft.add(
      { id: spaceId(number), kind: "space", label, detail: detailOf(machine, number, id, kind), origin },
      ...marks,
    );
  }
  for (const { number, parent, ioas, kind, owner, mappings } of rows) {
    if (ioas !== undefined) draft.link(spaceId(number), spaceId(ioas), "page table of");
    if (parent !== undefined) draft.link(spaceId(number), spaceId(parent), "nested on");
    else linkMemories(draft, machine, number, owner, mappings);
    if (kind === "pasid-table") addGuestEntries(draft, machine, number);
  }
}

/** What an object of iommufd is, or how an IOASID is managed. */
function detailOf(machine: Machine, number: number, id: number, kind: keyof typeof KINDS): string {
  return objectKind(machine, number) ?? `IOASID ${id} · ${KINDS[kind]}`;
}

function addMemories(draft: Draft, { platform }: Machine): void {
  const { memories, owners } = platform;
  for (const [memory, { name, owner, virtual, physical, origin }] of memories.entries()) {
    const last = add(physical, subtract(virtual.last, virtual.start)) ?? physical;
    draft.add({
      id: memoryId(memory),
      kind: "memory",
      label: `${owners[owner]!.name}.${name}`,
      detail: formatRange({ start: physical, last }).replace(/^\S+/, groupedHex(physical)),
      origin,
    });
  }
}

/** Where a root leads: the memories behind its first mappings. */
function linkMemories(draft: Draft, machine: Machine, space: number, owner: number, mappings: number): void {
  const ways = new Map<number, string[]>();
  for (const mapping of mappingRows(machine, space, 0, MAPPINGS)) {
    const { memory } = behind(machine, owner, mapping.target);
    if (memory === undefined) continue;
    ways.set(memory, [...(ways.get(memory) ?? []), formatRange(mapping)]);
  }
  const isCut = mappings > MAPPINGS;
  for (const [memory, ranges] of ways) {
    const [first = ""] = ranges;
    const many = `${countText(isCut ? mappings : ranges.length)} mappings`;
    draft.link(spaceId(space), memoryId(memory), ranges.length === 1 ? first : many);
  }
}

/** A guest's own PASID table leads to its page tables, which say the number. */
function addGuestEntries(draft: Draft, machine: Machine, table: number): void {
  for (const { pasid, space } of guestEntryRows(machine, table, 0, GUEST_ENTRIES)) {
    draft.link(spaceId(table), spaceId(space), `PASID ${pasid}`);
  }
}

/** Page tables of host processes, for native owners that share them with a device. */
export function addHostProcesses(draft: Draft, machine: Machine): void {
  const { owners, memories } = machine.platform;
  for (const [owner, { name, origin }] of owners.entries()) {
    const { mmPasid } = machine.owner(owner);
    if (mmPasid === undefined) continue;
    const detail = "page table of the process";
    draft.add({ id: hostProcessId(owner), kind: "space", label: `process of ${name}`, detail, origin });
    for (const [memory, { owner: of, virtual }] of memories.entries()) {
      if (of === owner) draft.link(hostProcessId(owner), memoryId(memory), formatRange(virtual));
    }
  }
}
