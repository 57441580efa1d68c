import {
  type Address,
  add,
  compare,
  equal,
  formatRange,
  MAX_ADDRESS,
  next,
  overlaps,
  previous,
  type Range,
  subtract,
  toHex,
  ZERO,
} from "../../address/index.js";
import type { Call } from "../call.js";
import { ownerName } from "../describe.js";
import { READ, WRITE } from "../operation.js";
import type { Refusal } from "../refusal.js";
import { isPinnable } from "./memory.js";
import type { Ioas } from "./objects.js";
import { isAligned } from "./range-rules.js";
import { get, put } from "./table.js";
import { fillTables, keepAreas, unfillTables } from "./tables.js";

/** Access bit of an area whose pages were pinned for writing, whatever the area itself permits. */
export const WRITABLE_PAGES = 8;

/** Flags of IOMMU_IOAS_MAP and IOMMU_IOAS_COPY. */
export const MAP_FIXED = 1;
export const MAP_WRITEABLE = 2;
export const MAP_READABLE = 4;

/** A part of what is mapped: virtual addresses of the owner, and whether they may be written at all. */
interface Piece {
  readonly start: Address;
  readonly length: Address;
  readonly writable: boolean;
}

/**
 * What IOMMU_IOAS_MAP and IOMMU_IOAS_COPY ask before they look at any object.
 * @returns U101 EOPNOTSUPP, U106 EOVERFLOW for a field of 2^64 - 1, U105 EINVAL
 */
export function checkMapArguments(
  call: Call,
  command: string,
  flags: number,
  fields: readonly Address[],
): Refusal | undefined {
  const unknown = (flags & ~(MAP_FIXED | MAP_WRITEABLE | MAP_READABLE)) >>> 0;
  if (unknown !== 0) return call.refuse("U101", "EOPNOTSUPP", { call: command, flags: hex(unknown) });
  for (const field of fields) {
    if (!equal(field, MAX_ADDRESS)) continue;
    return call.refuse("U106", "EOVERFLOW", { call: command, what: toHex(MAX_ADDRESS) });
  }
  if ((flags & (MAP_WRITEABLE | MAP_READABLE)) === 0) return call.refuse("U105", "EINVAL", { call: command });
  return undefined;
}

/** @param flags as an unsigned number */
export function hex(flags: number): string {
  return `0x${(flags >>> 0).toString(16)}`;
}

/**
 * IOMMU_IOAS_MAP of user memory at a fixed IOVA (`iopt_map_user_pages`).
 * @param length bytes; 0 is refused
 * @returns U115 EINVAL, U106 EOVERFLOW, and what `mapPieces` refuses
 */
export function mapUser(
  call: Call,
  ioas: Ioas,
  flags: number,
  iova: Address,
  virtual: Address,
  length: Address,
): Refusal | undefined {
  if (equal(length, ZERO)) return call.refuse("U115", "EINVAL", { call: "IOMMU_IOAS_MAP" });
  if (!add(virtual, length)) {
    const what = `the virtual address ${toHex(virtual)} plus ${toHex(length)} bytes`;
    return call.refuse("U106", "EOVERFLOW", { call: "IOMMU_IOAS_MAP", what });
  }
  // So that a length can be rounded up to whole pages, none ends in the last one.
  if (length.page === MAX_ADDRESS.page) {
    return call.refuse("U115", "EINVAL", { call: "IOMMU_IOAS_MAP" });
  }
  const writable = (flags & MAP_WRITEABLE) !== 0;
  return mapPieces(call, ioas, "IOMMU_IOAS_MAP", flags, iova, length, [{ start: virtual, length, writable }]);
}

/**
 * IOMMU_IOAS_COPY: what a range of the source maps, mapped at another place too. The pages are shared.
 * @returns U115 EINVAL, U106 EOVERFLOW, U113 ENOENT for a hole in the source, and what `mapPieces` refuses;
 *   the destination is looked up last, so that a bad one is only told once the source is good
 */
export function copy(
  call: Call,
  source: Ioas,
  from: Address,
  length: Address,
  destination: () => Ioas | Refusal,
  flags: number,
  iova: Address,
): Refusal | undefined {
  const command = "IOMMU_IOAS_COPY";
  const range = checkedRange(call, command, from, length);
  if ("rule" in range) return range;
  const pieces = piecesOf(call, source, range);
  if ("rule" in pieces) return pieces;
  const target = destination();
  if ("rule" in target) return target;
  return mapPieces(call, target, command, flags, iova, length, pieces);
}

/** START + LENGTH, or U115 EINVAL for no length and U106 EOVERFLOW past 2^64. */
export function checkedRange(call: Call, command: string, start: Address, length: Address): Range | Refusal {
  if (equal(length, ZERO)) return call.refuse("U115", "EINVAL", { call: command });
  const last = add(start, previous(length));
  if (last) return { start, last };
  const what = `${toHex(start)} plus ${toHex(length)} bytes`;
  return call.refuse("U106", "EOVERFLOW", { call: command, what });
}

function piecesOf(call: Call, source: Ioas, range: Range): Piece[] | Refusal {
  const pieces: Piece[] = [];
  let at = range.start;
  for (const area of source.areas.entries(range)) {
    if (compare(area.start, at) > 0) break;
    const last = compare(area.last, range.last) < 0 ? area.last : range.last;
    const start = add(area.target, subtract(at, area.start))!;
    const writable = (area.access & WRITABLE_PAGES) !== 0;
    pieces.push({ start, length: next(subtract(last, at)), writable });
    if (equal(last, range.last)) return pieces;
    at = next(last);
  }
  const args = { ioas: source.name, range: formatRange(range), hole: toHex(at) };
  return call.refuse("U113", "ENOENT", args);
}

/**
 * Puts pieces behind one another into an IOAS, and into every page table that it backs (`iopt_map_pages`).
 * @returns U107 EINVAL, U106 EOVERFLOW, U108 EINVAL, U109 EEXIST, U114 EPERM, U110 EFAULT
 */
function mapPieces(
  call: Call,
  ioas: Ioas,
  command: string,
  flags: number,
  iova: Address,
  length: Address,
  pieces: readonly Piece[],
): Refusal | undefined {
  const { alignment } = ioas;
  if (!isAligned(length, alignment)) return misaligned(call, ioas, `the length ${toHex(length)}`);
  if (!isAligned(iova, alignment)) return misaligned(call, ioas, `the IOVA ${toHex(iova)}`);
  const range = checkedRange(call, command, iova, length);
  if ("rule" in range) return range;
  const refusal = checkFree(call, ioas, range);
  if (refusal) return refusal;
  const wantsWrite = (flags & MAP_WRITEABLE) !== 0;
  for (const piece of pieces) {
    if (wantsWrite && !piece.writable) {
      return call.refuse("U114", "EPERM", { ioas: ioas.name, range: formatRange(range) });
    }
    if (isAligned(piece.start, alignment)) continue;
    return misaligned(call, ioas, `the virtual address ${toHex(piece.start)}`);
  }
  if (ioas.hwpts.length > 0) {
    for (const piece of pieces) {
      const refused = checkPinnable(call, ioas, piece.start, previous(piece.length));
      if (refused) return refused;
    }
  }
  const access = ((flags & MAP_READABLE) !== 0 ? READ : 0) | (wantsWrite ? WRITE : 0);
  const own = keepAreas(call.machine, ioas);
  let start = iova;
  for (const piece of pieces) {
    const last = piece === pieces.at(-1) ? range.last : add(start, previous(piece.length))!;
    const bits = access | (piece.writable ? WRITABLE_PAGES : 0);
    own.areas.insert({ start, last }, piece.start, bits, call.origin);
    if (last !== range.last) start = next(last);
  }
  fillTables(call.machine, own, range);
  return undefined;
}

function misaligned(call: Call, { name, alignment }: Ioas, what: string): Refusal {
  return call.refuse("U107", "EINVAL", { ioas: name, what, alignment });
}

/** U108 EINVAL for a reserved IOVA, U109 EEXIST for one that is mapped. */
function checkFree(call: Call, ioas: Ioas, range: Range): Refusal | undefined {
  for (const reserved of ioas.reserved) {
    if (!overlaps(reserved, range)) continue;
    const args = { ioas: ioas.name, range: formatRange(range), reserved: formatRange(reserved) };
    return call.refuse("U108", "EINVAL", args);
  }
  const existing = ioas.areas.overlapping(range);
  if (!existing) return undefined;
  const args = { ioas: ioas.name, range: formatRange(range), existing: formatRange(existing) };
  const note = `${args.existing} was mapped here`;
  return call.refuse("U109", "EEXIST", args, [{ origin: existing.origin, note }]);
}

/** U110 EFAULT where no memory of the owner can be pinned. */
export function checkPinnable(call: Call, ioas: Ioas, start: Address, span: Address): Refusal | undefined {
  const { machine } = call;
  if (isPinnable(machine, ioas.owner, start, span)) return undefined;
  const range = formatRange({ start, last: add(start, span) ?? MAX_ADDRESS });
  const owner = ownerName(machine.platform, ioas.owner);
  return call.refuse("U110", "EFAULT", { ioas: ioas.name, range, owner });
}

/**
 * IOMMU_IOAS_UNMAP: whole areas only. An area that the range would cut ends the call with ENOENT, and those
 * before it are gone by then, as in `iopt_unmap_iova_range`.
 * @param everything (0, 2^64 - 1) in the call: then an empty IOAS is no failure
 * @returns the bytes that were unmapped, U112 or U111 ENOENT
 */
export function unmap(call: Call, ioas: Ioas, range: Range, everything: boolean): Address | Refusal {
  const cut = ioas.areas.cut(range);
  const whole = cut ? wholeAreas(range, cut.start) : range;
  const bytes = whole && removeAreas(call, ioas, whole);
  if (!cut) {
    if (bytes) return bytes;
    return everything ? ZERO : call.refuse("U112", "ENOENT", { ioas: ioas.name, range: formatRange(range) });
  }
  const area = formatRange(cut);
  const args = { ioas: ioas.name, range: formatRange(range), area, removed: toHex(bytes ?? ZERO) };
  return call.refuse("U111", "ENOENT", args, [{ origin: cut.origin, note: `${area} was mapped here` }]);
}

/** The part of a range before the area that it cuts. */
function wholeAreas(range: Range, cut: Address): Range | undefined {
  return compare(cut, range.start) <= 0 ? undefined : { start: range.start, last: previous(cut) };
}

/** @returns the bytes that were mapped; `undefined` when there were no areas, and then nothing changes */
function removeAreas(call: Call, ioas: Ioas, range: Range): Address | undefined {
  const { machine } = call;
  const bytes = ioas.areas.bytes(range);
  if (!bytes) return undefined;
  dropPins(call, ioas, range);
  const own = keepAreas(machine, ioas);
  unfillTables(machine, own, range);
  own.areas.remove(range);
  return bytes;
}

/** Tells every access that areas go: what it has pinned of them it lets go (`iommufd_access_notify_unmap`). */
function dropPins(call: Call, ioas: Ioas, range: Range): void {
  const { machine } = call;
  for (const number of ioas.accesses) {
    const access = get(machine, number, "access");
    const pinned = access.pinned.filter((pin) => !overlaps(pin, range));
    if (pinned.length < access.pinned.length) put(machine, { ...access, pinned });
  }
}

/** The range of IOMMU_IOAS_UNMAP, or U106 EOVERFLOW for a field of 2^64 - 1, then as `checkedRange`. */
export function checkedUnmapRange(call: Call, iova: Address, length: Address): Range | Refusal {
  const command = "IOMMU_IOAS_UNMAP";
  if (equal(iova, MAX_ADDRESS) || equal(length, MAX_ADDRESS)) {
    return call.refuse("U106", "EOVERFLOW", { call: command, what: toHex(MAX_ADDRESS) });
  }
  return checkedRange(call, command, iova, length);
}
