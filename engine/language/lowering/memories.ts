import {
  type Address,
  compare,
  lengthOf,
  overlaps,
  type Range,
  rangeOfLength,
  toHex,
} from "../../address/index.js";
import type { Memory } from "../../simulator/index.js";
import type { Entry } from "../names/definition.js";
import type { Context } from "./context.js";
import type { MemoryUnit } from "./owners.js";

/** Host-physical memory is given from 4 GiB on, in whole GiB, so that every large page fits. */
const FIRST_PAGE = 0x10_0000;
const GIB_PAGES = 0x4_0000;

interface Placed {
  readonly unit: MemoryUnit;
  readonly virtual: Range;
}

/** The memories of the platform in file order, each with host-physical memory of its own. */
export function lowerMemories(context: Context, units: readonly MemoryUnit[]): Memory[] {
  const sound = soundOnes(context, units);
  const fixed = fixedBackings(context, sound);
  const free = new FreeMemory([...fixed.values()]);
  const memories: Memory[] = [];
  for (const { unit, virtual } of sound) {
    const { file, item, entry } = unit;
    if (entry.broken) continue;
    const start = fixed.get(unit)?.start ?? free.take(virtual);
    if (!start) {
      const facts = {
        memory: entry.name,
        reason: "no host-physical memory of its size is left",
        other: undefined,
      };
      context.reporter.report("S048", facts, entry.span);
      entry.broken = true;
      continue;
    }
    entry.index = memories.length;
    memories.push({
      name: entry.name,
      owner: entry.owner!.index!,
      virtual,
      physical: start,
      origin: context.origin(file, item, item.end),
    });
  }
  return memories;
}

/** Memories with a range of whole pages that meets no other one of their owner. */
function soundOnes(context: Context, units: readonly MemoryUnit[]): Placed[] {
  const sound: Placed[] = [];
  const byOwner = new Map<Entry, Placed[]>();
  for (const unit of units) {
    const virtual = unit.item.range?.value;
    const isWhole = virtual?.start.offset === 0 && virtual.last.offset === 4095;
    if (!isWhole) {
      unit.entry.broken = true;
      if (virtual)
        reportBacking(context, unit, unit.item.range, "its range is not made of whole pages of 4 KiB");
      continue;
    }
    const placed = { unit, virtual };
    sound.push(placed);
    const owner = unit.entry.owner!;
    const others = byOwner.get(owner);
    if (others) others.push(placed);
    else byOwner.set(owner, [placed]);
  }
  for (const [owner, placed] of byOwner) checkVirtual(context, owner, placed);
  return sound;
}

function checkVirtual(context: Context, owner: Entry, placed: readonly Placed[]): void {
  for (const { earlier, later } of collisions(
    placed,
    ({ virtual }) => virtual,
    (each) => each.unit.item.start,
  )) {
    const { entry } = later.unit;
    entry.broken = true;
    const facts = { memory: entry.name, other: earlier.unit.entry.name, owner: owner.name };
    const related = [
      { span: earlier.unit.entry.span, message: `${earlier.unit.entry.name} is declared here` },
    ];
    context.reporter.report("S049", facts, entry.span, related);
  }
}

/** The ranges that `backed-by` fixes; one that meets another, or is no page, is reported and its memory dropped. */
function fixedBackings(context: Context, sound: readonly Placed[]): Map<MemoryUnit, Range> {
  const fixed: { readonly unit: MemoryUnit; readonly range: Range }[] = [];
  for (const { unit, virtual } of sound) {
    const { backedBy } = unit.item;
    if (unit.entry.broken || !backedBy) continue;
    const length = lengthOf(virtual);
    const range = backedBy.value && length && rangeOfLength(backedBy.value, length);
    if (range && range.start.offset === 0) {
      fixed.push({ unit, range });
      continue;
    }
    unit.entry.broken = true;
    if (!backedBy.value) continue;
    reportBacking(
      context,
      unit,
      backedBy,
      range ? "its backing does not start at a page of 4 KiB" : "its backing ends past 2^64",
    );
  }
  const rank = new Map(fixed.map(({ unit }, index) => [unit, index]));
  for (const { earlier, later } of collisions(
    fixed,
    ({ range }) => range,
    ({ unit }) => rank.get(unit)!,
  )) {
    const { entry } = later.unit;
    entry.broken = true;
    const other = earlier.unit.entry;
    const reason = `its backing meets ${toHex(earlier.range.start)}..${toHex(earlier.range.last)} of ${other.name}`;
    const related = [{ span: other.span, message: `${other.name} is declared here` }];
    context.reporter.report("S048", { memory: entry.name, reason, other: other.name }, entry.span, related);
  }
  return new Map(fixed.flatMap(({ unit, range }) => (unit.entry.broken ? [] : [[unit, range]])));
}

function reportBacking(
  context: Context,
  { file, entry }: MemoryUnit,
  place: { readonly start: number; readonly end: number } | undefined,
  reason: string,
): void {
  const span = place ? { file, start: place.start, end: place.end } : entry.span;
  context.reporter.report("S048", { memory: entry.name, reason, other: undefined }, span);
}

/** Neighbours that meet when sorted by start; of two that meet the one declared later is to blame. */
function* collisions<T>(
  all: readonly T[],
  rangeOf: (each: T) => Range,
  rankOf: (each: T) => number,
): Generator<{ readonly earlier: T; readonly later: T }> {
  const sorted = [...all].sort(
    (a, b) => compare(rangeOf(a).start, rangeOf(b).start) || rankOf(a) - rankOf(b),
  );
  let reach: T | undefined;
  for (const each of sorted) {
    if (reach !== undefined && overlaps(rangeOf(reach), rangeOf(each))) {
      const inOrder = rankOf(reach) < rankOf(each);
      yield inOrder ? { earlier: reach, later: each } : { earlier: each, later: reach };
    }
    if (reach === undefined || compare(rangeOf(reach).last, rangeOf(each).last) < 0) reach = each;
  }
}

/** Gives host-physical memory upwards and steps over what is fixed. */
class FreeMemory {
  private page = FIRST_PAGE;
  private readonly fixed: readonly Range[];
  private nextFixed = 0;

  constructor(fixed: Range[]) {
    this.fixed = fixed.sort((a, b) => compare(a.start, b.start));
  }

  /** The start of a free range as long as `virtual`; `undefined` when it would end past 2^64. */
  take(virtual: Range): Address | undefined {
    const length = lengthOf(virtual);
    if (!length) return undefined;
    for (;;) {
      const start: Address = { page: this.page, offset: 0 };
      const range = rangeOfLength(start, length);
      if (!range) return undefined;
      const hit = this.fixedOneIn(range);
      if (!hit) {
        this.page = wholeGiB(range.last.page + 1);
        return start;
      }
      this.page = wholeGiB(hit.last.page + 1);
    }
  }

  private fixedOneIn(range: Range): Range | undefined {
    for (; this.nextFixed < this.fixed.length; this.nextFixed++) {
      const fixed = this.fixed[this.nextFixed]!;
      if (compare(range.start, fixed.last) <= 0) return overlaps(range, fixed) ? fixed : undefined;
    }
    return undefined;
  }
}

function wholeGiB(page: number): number {
  return Math.ceil(page / GIB_PAGES) * GIB_PAGES;
}
