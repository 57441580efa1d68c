import {
  type Address,
  add,
  compare,
  formatSize,
  fromBytes,
  lengthOf,
  type Range,
  toBytes,
  ZERO,
} from "../../address/index.js";
import { groupedHex } from "../../language/index.js";
import type { Machine } from "../../simulator/index.js";
import { indexOf } from "./indices.js";
import type { Ranked } from "./item.js";
import { Rank } from "./item.js";
import { numberItem } from "./numbers.js";
import { computedOffset } from "./outcomes.js";
import type { Spot } from "./spot.js";
import { spaceOfLine } from "./subject.js";

/** More ranges than this nobody reads. */
const MOST = 20;

const KIB = 1024;
const GIB = KIB ** 3;

/** What may stand in the place of a range, or of the address that it begins with. */
export function rangeItems(spot: Spot): Ranked[] {
  const { statement } = spot;
  switch (statement?.kind) {
    case "map":
      return mapRanges(spot);
    case "unmap":
    case "invalidate":
      return existing(spot, Rank.fits);
    case "pte":
      return [...nextPage(spot), ...existing(spot, Rank.possible)];
    default:
      return [];
  }
}

/** `map`: as large as a memory of the owner, behind what is mapped already. */
function mapRanges(spot: Spot): Ranked[] {
  const { platform } = spot;
  const space = spaceOfLine(spot, "all");
  const owner = space?.owner ?? spot.blockOwner;
  const memories = platform.memories.filter((memory) => memory.owner === owner);
  const sizes = new Map<string, Address>();
  for (const { virtual } of memories) {
    const length = lengthOf(virtual);
    if (length) sizes.set(formatSize(length), length);
  }
  return [...sizes].flatMap(([size, length]) => {
    const start = space ? behindAll(space.ranges, length) : ZERO;
    return start ? [rangeItem(start, size, "nothing is mapped there yet")] : [];
  });
}

type Ranges =
  ReturnType<Machine["spaces"]["get"]> extends infer S | undefined
    ? S extends { readonly ranges: infer R }
      ? R
      : never
    : never;

/** The first address behind all mappings that is a multiple of a size. */
function behindAll(ranges: Ranges, size: Address): Address | undefined {
  let last: Address | undefined;
  ranges.forEach((mapping) => {
    last = mapping.last;
  });
  return last ? alignedBehind(last, size) : ZERO;
}

/** The first multiple of a size behind an address; sizes and addresses beyond 2^53 are left alone. */
function alignedBehind(last: Address, size: Address): Address | undefined {
  const [from, step] = [toBytes(last) + 1, toBytes(size)];
  const aligned = Math.ceil(from / step) * step;
  return Number.isSafeInteger(aligned) ? fromBytes(aligned) : undefined;
}

function nextPage(spot: Spot): Ranked[] {
  const space = spaceOfLine(spot, "all");
  const start = space && behindAll(space.ranges, fromBytes(4 * KIB));
  return start ? [rangeItem(start, "4K", "no entry yet")] : [];
}

/** The ranges that are mapped, as they were. */
function existing(spot: Spot, rank: number): Ranked[] {
  const machine = spot.machine("all");
  const space = spaceOfLine(spot, "all");
  const found: Ranked[] = [];
  if (!machine || !space) return found;
  for (const { start, last, target } of space.ranges.entries()) {
    if (found.length === MOST) break;
    const size = lengthOf({ start, last });
    const detail = `mapped to ${groupedHex(target)}`;
    if (size) found.push({ ...rangeItem(start, sizeText(size), detail), rank });
  }
  return found;
}

function rangeItem(start: Address, size: string, detail: string): Ranked {
  return numberItem(`${groupedHex(start)} + ${size}`, detail);
}

/** A length as it is written: a size where it is a whole one. */
export function sizeText(length: Address): string {
  const text = formatSize(length);
  return text.startsWith("0x") ? groupedHex(length) : text;
}

/** The virtual addresses of a new memory: behind those that the owner has. */
export function memoryRanges(spot: Spot): Ranked[] {
  const written = spot.as("memory")?.name?.text;
  const own = spot.platform.memories.filter(
    ({ owner, name }) => owner === spot.blockOwner && name !== written,
  );
  const last = own.reduce<Address | undefined>(
    (highest, { virtual }) => (highest && compare(highest, virtual.last) >= 0 ? highest : virtual.last),
    undefined,
  );
  const start = last ? alignedBehind(last, fromBytes(GIB)) : fromBytes(GIB);
  return start ? [rangeItem(start, "1G", "free in the owner's address space")] : [];
}

/** A host-physical address for a memory: behind those that are given. */
export function backingItems(spot: Spot): Ranked[] {
  let end = fromBytes(4 * GIB);
  const written = spot.as("memory")?.name?.text;
  for (const { physical, virtual, name, owner } of spot.platform.memories) {
    if (owner === spot.blockOwner && name === written) continue;
    const length = lengthOf(virtual);
    const behind = length && add(physical, length);
    if (behind && compare(behind, end) > 0) end = behind;
  }
  const start = alignedBehind({ ...end, page: end.page - 1, offset: 4095 }, fromBytes(GIB));
  return start ? [numberItem(groupedHex(start), "free host-physical memory")] : [];
}

/** Lengths behind `+`, by what the statement is about. */
export function lengthItems(spot: Spot): Ranked[] {
  const { statement, platform } = spot;
  const sizes = new Map<string, Ranked>();
  const offer = (length: Address | undefined, detail: string, rank: number = Rank.fits): void => {
    const text = length && sizeText(length);
    if (text && !sizes.has(text)) sizes.set(text, numberItem(text, detail, rank));
  };
  if (statement?.kind === "memory") {
    for (const count of [1, 2, 4]) offer(fromBytes(count * GIB), "memory");
    for (const count of [512, 1]) offer(fromBytes(count * KIB * KIB), "memory");
    return [...sizes.values()];
  }
  if (statement?.kind === "iommu") return [numberItem("1M", "as large as the MSI window")];
  for (const { length, detail } of exactLengths(spot)) offer(length, detail, Rank.best);
  const pages = [...new Set(platform.iommus.flatMap(({ pageSizes }) => pageSizes))].sort((a, b) => a - b);
  for (const frames of pages) offer({ page: frames, offset: 0 }, "a page of the IOMMU");
  const memories = platform.memories.filter(({ owner }) => owner === spot.caller(undefined));
  for (const { name, virtual } of memories) offer(lengthOf(virtual), `as large as ${name}`, Rank.possible);
  return [...sizes.values()];
}

interface Length {
  readonly length: Address | undefined;
  readonly detail: string;
}

/** Lengths that the rest of the statement asks for. */
function exactLengths(spot: Spot): Length[] {
  const statement = spot.statement;
  const whole = spot.whole;
  const found: Length[] = [];
  if (statement?.kind === "unmap" || statement?.kind === "invalidate" || statement?.kind === "pte") {
    const first = statement.range?.first.value;
    const mapping = first && spaceOfLine(spot, "all")?.ranges.find(first);
    if (mapping)
      found.push({ length: lengthOf({ start: first, last: mapping.last }), detail: "what is mapped" });
  }
  if (whole?.kind === "map" && whole.target?.kind === "region") {
    const memory = memoryOf(spot, whole.target.memory);
    if (memory) found.push({ length: lengthOf(memory.virtual), detail: `as large as ${memory.name}` });
  }
  if ("range" in (statement ?? {}) && inRegion(spot)) {
    const range = statement && "range" in statement ? statement.range?.value : undefined;
    if (range) found.push({ length: lengthOf(range), detail: "as long as the range" });
  }
  return found;
}

/** The cursor stands in the brackets of a region rather than in the range of the statement. */
function inRegion({ statement }: Spot): boolean {
  return statement !== undefined && "target" in statement && statement.target !== undefined;
}

function memoryOf(spot: Spot, name: Parameters<Spot["find"]>[0]) {
  const index = indexOf(spot.find(name, "memory"));
  return index === undefined ? undefined : spot.platform.memories[index];
}

/** What may stand in the brackets of a region. */
export function offsetItems(spot: Spot): Ranked[] {
  const { statement } = spot;
  const found = statement && "outcome" in statement && statement.outcome ? computedOffset(spot) : undefined;
  if (found !== undefined)
    return [{ ...numberItem(found, "what the engine finds", Rank.best), preselect: true }];
  const range: Range | undefined = statement && "range" in statement ? statement.range?.value : undefined;
  const length = range && lengthOf(range);
  const whole = length ? [numberItem(`0x0 + ${sizeText(length)}`, "as long as the range")] : [];
  return [...whole, numberItem("0x0", "the first byte", Rank.possible)];
}
