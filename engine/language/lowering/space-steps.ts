import { EXEC, type Memory, READ, type UserTable, WRITE } from "../../simulator/index.js";
import type { Entry } from "../names/definition.js";
import type {
  BindTableStep,
  EntryStep,
  FreeStep,
  InvalidateStep,
  IoasidStep,
  MapStep,
  NumberLiteral,
  PteStep,
  RegisterStep,
  UnbindTableStep,
  UnmapStep,
  Word,
} from "../syntax/index.js";
import { numberOf } from "./context.js";
import { type Lookup, type Lowered, NO_ORIGIN, type Place } from "./place.js";
import { lowerInside, lowerTarget, restOf } from "./regions.js";

/** Access of a mapping that says nothing of it. */
const DEFAULT_ACCESS = READ | WRITE;

/** IOASID_ALLOC or CREATE_NESTING of a space whose name is known already. */
export function ioasid(lookup: Lookup, place: Place, node: IoasidStep, made: Entry): Lowered | undefined {
  const parent = lookup.space(place, node.parent);
  if (node.nested && !parent) return undefined;
  const table = node.table && tableOf(node.table.text, node.at, node.format);
  if (node.table && !table) return undefined;
  const owner = made.owner!;
  return {
    owner,
    body: {
      kind: "ioasid",
      owner: owner.index!,
      space: made.index!,
      name: made.name,
      ...(parent && { parent: parent.index! }),
      ...(table && { table }),
    },
  };
}

function tableOf(
  kind: UserTable["kind"],
  at: NumberLiteral | undefined,
  format: Word | undefined,
): UserTable | undefined {
  if (at && !at.value) return undefined;
  return { kind, ...(at?.value && { at: at.value }), ...(format && { format: format.text }) };
}

/** What a statement does, and the space that it names. */
export interface LoweredOnSpace extends Lowered {
  readonly space: Entry;
}

export function free(lookup: Lookup, place: Place, node: FreeStep): LoweredOnSpace | undefined {
  const space = lookup.space(place, node.space);
  if (!space) return undefined;
  const owner = caller(place, space);
  return { space, owner, body: { kind: "free", owner: owner.index!, space: space.index! } };
}

export function bindTable(lookup: Lookup, place: Place, node: BindTableStep): LoweredOnSpace | undefined {
  const space = lookup.space(place, node.space);
  const table = tableOf(node.table, node.at, node.format);
  if (!space || !table) return undefined;
  const owner = caller(place, space);
  return { space, owner, body: { kind: "bind-table", owner: owner.index!, space: space.index!, table } };
}

export function unbindTable(lookup: Lookup, place: Place, node: UnbindTableStep): Lowered | undefined {
  const space = lookup.space(place, node.space);
  if (!space) return undefined;
  const owner = caller(place, space);
  return {
    owner,
    body: { kind: "unbind-table", owner: owner.index!, space: space.index!, table: node.table },
  };
}

/** @param around the space of the statement in whose body this one stands */
export function map(
  lookup: Lookup,
  place: Place,
  node: MapStep,
  around: Entry | undefined,
): Lowered | undefined {
  const space = around ?? lookup.space(place, node.space);
  const target = lowerTarget(lookup, place, node.target);
  if (!space || !target || !node.range?.value) return undefined;
  const owner = caller(place, space);
  const access = node.access?.bits ?? DEFAULT_ACCESS;
  const range = node.range.value;
  const origin = NO_ORIGIN;
  return {
    owner,
    body: { kind: "map", owner: owner.index!, space: space.index!, range, target, access, origin },
  };
}

export function unmap(lookup: Lookup, place: Place, node: UnmapStep): Lowered | undefined {
  const space = lookup.space(place, node.space);
  if (!space || !node.range?.value) return undefined;
  const owner = caller(place, space);
  return {
    owner,
    body: { kind: "unmap", owner: owner.index!, space: space.index!, range: node.range.value },
  };
}

export function pte(
  lookup: Lookup,
  place: Place,
  node: PteStep,
  around: Entry | undefined,
): Lowered | undefined {
  const space = around ?? lookup.space(place, node.space);
  if (!node.target) return undefined;
  const target = node.target.kind === "word" ? undefined : lowerTarget(lookup, place, node.target);
  if (!space || !node.range?.value || (!target && node.target.kind !== "word")) return undefined;
  const owner = caller(place, space);
  const access = node.access?.bits ?? DEFAULT_ACCESS;
  const range = node.range.value;
  const origin = NO_ORIGIN;
  return {
    owner,
    body: { kind: "pte", owner: owner.index!, space: space.index!, range, target, access, origin },
  };
}

export function entry(
  lookup: Lookup,
  place: Place,
  node: EntryStep,
  around: Entry | undefined,
): Lowered | undefined {
  const table = around ?? lookup.space(place, node.table);
  if (!node.space) return undefined;
  const space = node.space.kind === "word" ? undefined : lookup.space(place, node.space);
  if (!table || !node.pasid?.value || (!space && node.space.kind !== "word")) return undefined;
  const owner = caller(place, table);
  const pasid = numberOf(node.pasid.value);
  return {
    owner,
    body: { kind: "entry", owner: owner.index!, table: table.index!, pasid, space: space?.index },
  };
}

export function invalidate(lookup: Lookup, place: Place, node: InvalidateStep): Lowered | undefined {
  const space = lookup.space(place, node.space);
  if (!space || (node.range && !node.range.value)) return undefined;
  const owner = caller(place, space);
  const range = node.range?.value;
  return {
    owner,
    body: { kind: "invalidate", owner: owner.index!, space: space.index!, ...(range && { range }) },
  };
}

/** Without a length, everything from the offset to the end of the memory. */
export function register(
  lookup: Lookup,
  place: Place,
  node: RegisterStep,
  memories: readonly Memory[],
): Lowered | undefined {
  if (!node.region) return undefined;
  const region = lowerInside(lookup, place, memories, node.region);
  if (!region) return undefined;
  const memory = memories[region.memory]!;
  const owner = place.owner ?? lookup.ownerOfMemory(memory);
  const { offset } = region;
  const length = region.length ?? restOf(memory, offset);
  return { owner, body: { kind: node.kind, owner: owner.index!, memory: region.memory, offset, length } };
}

/** In an owner block that owner makes the call, whosever space it names; elsewhere the owner of the space. */
function caller(place: Place, space: Entry): Entry {
  return place.owner ?? space.owner!;
}

/** EXEC is only ever asked for by name. */
export const ACCESS_BITS = { read: READ, write: WRITE, exec: EXEC } as const;
