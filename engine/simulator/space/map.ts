import {
  type Address,
  add,
  compare,
  contains,
  fitsAt,
  formatRange,
  lengthOf,
  type Range,
  subtract,
  toHex,
  ZERO,
} from "../../address/index.js";
import type { Call } from "../call.js";
import { isRefusal } from "../call.js";
import { ownerName } from "../describe.js";
import { flushSpace } from "../dma/iotlb.js";
import type { Machine } from "../machine.js";
import type { Target } from "../operation.js";
import type { Memory } from "../platform.js";
import type { Refusal } from "../refusal.js";
import type { Space } from "../state.js";
import { backing, isBacked } from "./compose.js";
import { deriveTable, framesOf, updateShadows } from "./derive.js";
import { checkAlignment, checkInput, iommusOf } from "./limits.js";
import { isKernelManaged } from "./lookup.js";

/**
 * IOASID_MAP_DMA: maps a range of a kernel-managed space to memory of the owner (root) or to addresses of
 * the parent (software-nested child).
 * @returns P023, U002, U005, U006, U008 EINVAL, U001 EEXIST, U007 EFAULT, or nothing
 */
export function map(
  call: Call,
  space: Space,
  range: Range,
  target: Target,
  access: number,
): Refusal | undefined {
  const { machine } = call;
  if (!isKernelManaged(space)) return call.refuse("P023", "EINVAL", { space: space.name, kind: space.kind });
  const start = resolveTarget(call, space, target, range);
  if (isRefusal(start)) return start;
  const refusal =
    checkAlignment(call, space, range, start) ??
    checkInput(call, space, range, iommusOf(machine, space)) ??
    (space.kind === "root" ? checkMemory(call, space, start, range) : undefined);
  if (refusal) return refusal;
  const existing = space.ranges.overlapping(range);
  if (existing) {
    const args = { space: space.name, range: formatRange(range), existing: formatRange(existing) };
    return call.refuse("U001", "EEXIST", args, [
      { origin: existing.origin, note: `${args.existing} was mapped here` },
    ]);
  }
  const own = machine.ownSpace(space.number);
  own.ranges.insert(range, start, access, call.origin);
  deriveTable(machine, own, range);
  updateShadows(machine, own, range);
  return undefined;
}

/**
 * IOASID_UNMAP_DMA with type1v2 meaning: whole mappings only, one or several, and the IOTLB forgets them.
 * @returns P023, U003 EINVAL, U004 ENOENT, or the bytes unmapped
 */
export function unmap(call: Call, space: Space, range: Range): Refusal | Address {
  const { machine } = call;
  if (!isKernelManaged(space)) return call.refuse("P023", "EINVAL", { space: space.name, kind: space.kind });
  const cut = space.ranges.cut(range);
  if (cut) {
    const args = { space: space.name, range: formatRange(range), mapping: formatRange(cut) };
    return call.refuse("U003", "EINVAL", args, [
      { origin: cut.origin, note: `${args.mapping} was mapped here` },
    ]);
  }
  if (!space.ranges.overlapping(range)) {
    return call.refuse("U004", "ENOENT", { space: space.name, range: formatRange(range) });
  }
  const own = machine.ownSpace(space.number);
  let bytes: Address = ZERO;
  own.ranges.forEach((mapping) => {
    bytes = add(bytes, lengthOf(mapping) ?? ZERO) ?? bytes;
    own.pages.unmap(mapping.start.page, framesOf(mapping));
  }, range);
  own.ranges.remove(range);
  flushSpace(machine, space.number, range);
  updateShadows(machine, own, range);
  return bytes;
}

/**
 * The first address of a target: a virtual address of the owner for a root, an address of the parent for
 * a child. A REGION given to a child means the parent's address at which that memory is mapped.
 * @returns U007 EFAULT when the region is another owner's, too short, or not mapped in the parent
 */
export function resolveTarget(call: Call, space: Space, target: Target, range: Range): Address | Refusal {
  const { platform } = call.machine;
  if (target.kind === "address") {
    return fitsAt(target.address, range) ? target.address : noMemory(call, space, toHex(target.address));
  }
  const memory = platform.memories[target.memory]!;
  const virtual = add(memory.virtual.start, target.offset);
  const last = virtual && add(virtual, subtract(range.last, range.start));
  const length = lengthOf(range);
  const tooShort = target.length && (!length || compare(target.length, length) < 0);
  if (memory.owner !== space.owner || !last || tooShort || compare(last, memory.virtual.last) > 0) {
    return noMemory(call, space, regionName(memory, target.offset));
  }
  return addressOf(call.machine, space, virtual) ?? noMemory(call, space, regionName(memory, target.offset));
}

function regionName({ name }: Memory, offset: Address): string {
  return `${name}[${toHex(offset)}]`;
}

function noMemory(call: Call, space: Space, target: string): Refusal {
  const owner = ownerName(call.machine.platform, space.owner);
  return call.refuse("U007", "EFAULT", { space: space.name, target, owner });
}

/** Where a root's virtual address stands in the space that a child maps to: its parent. */
function addressOf(machine: Machine, space: Space, virtual: Address): Address | undefined {
  if (space.parent < 0) return virtual;
  const parent = machine.spaces.get(space.parent);
  const wanted = parent && addressOf(machine, parent, virtual);
  if (!wanted) return undefined;
  for (const mapping of parent.ranges.entries()) {
    const last = add(mapping.target, subtract(mapping.last, mapping.start));
    if (!last || !contains({ start: mapping.target, last }, wanted)) continue;
    return add(mapping.start, subtract(wanted, mapping.target));
  }
  return undefined;
}

/** U007 EFAULT outside the owner's memory, U008 EINVAL outside what it registered, U005 when frames differ. */
function checkMemory(call: Call, space: Space, start: Address, range: Range): Refusal | undefined {
  const { machine } = call;
  const { platform } = machine;
  const target: Range = { start, last: add(start, subtract(range.last, range.start))! };
  if (!isBacked(platform, space.owner, target)) return noMemory(call, space, formatRange(target));
  if (
    backing(platform, space.owner, target).some(
      (piece) => piece.physical.offset !== piece.virtual.start.offset,
    )
  ) {
    return call.refuse("U005", "EINVAL", {
      space: space.name,
      what: "the host-physical backing of the target",
      size: "4K",
    });
  }
  const { registered } = machine.owner(space.owner);
  if (!registered) return undefined;
  let next: Address | undefined = start;
  for (const mapping of registered.entries(target)) {
    if (!next || compare(mapping.start, next) > 0) break;
    if (compare(mapping.last, target.last) >= 0) return undefined;
    next = add(mapping.last, { page: 0, offset: 1 });
  }
  return call.refuse("U008", "EINVAL", { space: space.name, target: formatRange(target) });
}
