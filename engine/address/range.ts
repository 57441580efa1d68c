import {
  type Address,
  add,
  compare,
  max,
  min,
  next,
  PAGE_LIMIT,
  PAGE_SIZE,
  previous,
  subtract,
  ZERO,
} from "./address.js";

/** A non-empty run of bytes, both ends inclusive, so that the whole 64-bit space has one. */
export interface Range {
  readonly start: Address;
  /** The last byte of the range itself. */
  readonly last: Address;
}

/** START + LENGTH; `undefined` when the length is zero or the end passes 2^64. */
export function rangeOfLength(start: Address, length: Address): Range | undefined {
  if (compare(length, ZERO) === 0) return undefined;
  const last = add(start, previous(length));
  return last && { start, last };
}

/** Length in bytes as an address; `undefined` for the whole space, whose 2^64 has no 64-bit form. */
export function lengthOf(range: Range): Address | undefined {
  return add(subtract(range.last, range.start), { page: 0, offset: 1 });
}

/** Whether a run of bytes as long as `range` can begin at `start`: its end does not pass 2^64. */
export function fitsAt(start: Address, range: Range): boolean {
  const offset = start.offset + range.last.offset - range.start.offset;
  const page = start.page + range.last.page - range.start.page + Math.floor(offset / PAGE_SIZE);
  return page < PAGE_LIMIT;
}

export function contains(range: Range, address: Address): boolean {
  return compare(range.start, address) <= 0 && compare(address, range.last) <= 0;
}

/** Whether every byte of `inner` lies in `outer`. */
export function covers(outer: Range, inner: Range): boolean {
  return compare(outer.start, inner.start) <= 0 && compare(inner.last, outer.last) <= 0;
}

export function overlaps(a: Range, b: Range): boolean {
  return compare(a.start, b.last) <= 0 && compare(b.start, a.last) <= 0;
}

export function intersection(a: Range, b: Range): Range | undefined {
  return overlaps(a, b) ? { start: max(a.start, b.start), last: min(a.last, b.last) } : undefined;
}

/** The parts of `range` before and after `hole`, in order; none, one or two of them. */
export function without(range: Range, hole: Range): Range[] {
  if (!overlaps(range, hole)) return [range];
  const parts: Range[] = [];
  if (compare(range.start, hole.start) < 0) parts.push({ start: range.start, last: previous(hole.start) });
  if (compare(hole.last, range.last) < 0) parts.push({ start: next(hole.last), last: range.last });
  return parts;
}
