import { type Address, compare, equal, MAX_ADDRESS, max, min, next, previous } from "./address.js";
import { covers, type Range } from "./range.js";

/** An immutable set of bytes: ascending ranges which neither overlap nor touch. */
export class RangeSet {
  static readonly EMPTY = new RangeSet([]);
  /** Ascending, disjoint, with at least one byte between two of them. */
  readonly ranges: readonly Range[];

  private constructor(ranges: readonly Range[]) {
    this.ranges = ranges;
  }

  /** The bytes of `ranges`, which may come in any order and may overlap; O(n log n). */
  static of(ranges: readonly Range[]): RangeSet {
    const sorted = [...ranges].sort((a, b) => compare(a.start, b.start));
    return sorted.length === 0 ? RangeSet.EMPTY : new RangeSet(coalesce(sorted));
  }

  get isEmpty(): boolean {
    return this.ranges.length === 0;
  }

  /** Bytes in both sets; linear. */
  intersect(other: RangeSet): RangeSet {
    const result: Range[] = [];
    for (let i = 0, j = 0; i < this.ranges.length && j < other.ranges.length; ) {
      const a = this.ranges[i]!;
      const b = other.ranges[j]!;
      const start = max(a.start, b.start);
      const last = min(a.last, b.last);
      if (compare(start, last) <= 0) result.push({ start, last });
      if (compare(a.last, b.last) < 0) i += 1;
      else j += 1;
    }
    return new RangeSet(result);
  }

  /** Bytes of this set that are not in `other`; linear. */
  subtract(other: RangeSet): RangeSet {
    const result: Range[] = [];
    let j = 0;
    for (const range of this.ranges) {
      let start: Address | undefined = range.start;
      while (j < other.ranges.length && compare(other.ranges[j]!.last, range.start) < 0) j += 1;
      for (let k = j; start !== undefined && k < other.ranges.length; k += 1) {
        const hole = other.ranges[k]!;
        if (compare(hole.start, range.last) > 0) break;
        if (compare(start, hole.start) < 0) result.push({ start, last: previous(hole.start) });
        start = compare(hole.last, range.last) < 0 ? next(hole.last) : undefined;
        if (start !== undefined) j = k + 1;
      }
      if (start !== undefined) result.push({ start, last: range.last });
    }
    return new RangeSet(result);
  }

  /** Bytes of either set; linear. */
  union(other: RangeSet): RangeSet {
    const merged: Range[] = [];
    let j = 0;
    for (const range of this.ranges) {
      while (j < other.ranges.length && compare(other.ranges[j]!.start, range.start) < 0) {
        merged.push(other.ranges[j]!);
        j += 1;
      }
      merged.push(range);
    }
    for (; j < other.ranges.length; j += 1) merged.push(other.ranges[j]!);
    return new RangeSet(coalesce(merged));
  }

  /** Whether every byte of `range` is in the set; O(log n). */
  covers(range: Range): boolean {
    const at = this.#firstEndingAtOrAfter(range.start);
    return at < this.ranges.length && covers(this.ranges[at]!, range);
  }

  /** The first run of bytes of `range` that are not in the set; `undefined` when all are; O(log n). */
  firstMissing(range: Range): Range | undefined {
    let at = this.#firstEndingAtOrAfter(range.start);
    let start = range.start;
    const first = this.ranges[at];
    if (first !== undefined && compare(first.start, start) <= 0) {
      if (compare(range.last, first.last) <= 0) return undefined;
      start = next(first.last);
      at += 1;
    }
    const following = this.ranges[at];
    return {
      start,
      last: following === undefined ? range.last : min(range.last, previous(following.start)),
    };
  }

  #firstEndingAtOrAfter(address: Address): number {
    let low = 0;
    let high = this.ranges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(this.ranges[middle]!.last, address) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Joins ascending ranges that overlap or touch. */
function coalesce(sorted: readonly Range[]): Range[] {
  const result: Range[] = [];
  let current: Range | undefined;
  for (const range of sorted) {
    const joins =
      current !== undefined &&
      (equal(current.last, MAX_ADDRESS) || compare(range.start, next(current.last)) <= 0);
    if (current !== undefined && joins) {
      current = { start: current.start, last: max(current.last, range.last) };
    } else {
      if (current !== undefined) result.push(current);
      current = range;
    }
  }
  if (current !== undefined) result.push(current);
  return result;
}
