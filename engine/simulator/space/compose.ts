import {
  type Address,
  add,
  compare,
  intersection,
  MAX_ADDRESS,
  type Range,
  subtract,
} from "../../address/index.js";
import type { Machine } from "../machine.js";
import { EXEC, READ, WRITE } from "../operation.js";
import type { Origin, Platform } from "../platform.js";
import type { Space } from "../state.js";

/** A run of a space that leads to a run of host-physical memory of the same length. */
export interface Piece {
  readonly input: Range;
  /** Host-physical address of the first byte. */
  readonly physical: Address;
  readonly access: number;
  /** The statements that map it, the space's own first, then its parents'. */
  readonly origins: readonly Origin[];
}

/** A run of an owner's virtual addresses and the host-physical memory behind it. */
export interface MemoryPiece {
  readonly virtual: Range;
  readonly physical: Address;
  readonly memory: number;
}

const sortedMemories = new WeakMap<Platform, (readonly number[])[]>();

/** Indices of an owner's memories by ascending virtual address. */
export function memoriesOf(platform: Platform, owner: number): readonly number[] {
  let byOwner = sortedMemories.get(platform);
  if (!byOwner) {
    byOwner = platform.owners.map((_, index) =>
      [...platform.memories.keys()]
        .filter((memory) => platform.memories[memory]!.owner === index)
        .sort((a, b) => compare(platform.memories[a]!.virtual.start, platform.memories[b]!.virtual.start)),
    );
    sortedMemories.set(platform, byOwner);
  }
  return byOwner[owner] ?? [];
}

/** Host-physical runs of memory by ascending first address, and the highest end up to each. */
interface Layout {
  readonly sorted: readonly number[];
  readonly reach: readonly Address[];
}

const layouts = new WeakMap<Platform, Layout>();

function lastOf(platform: Platform, index: number): Address {
  const { physical, virtual } = platform.memories[index]!;
  return add(physical, subtract(virtual.last, virtual.start)) ?? MAX_ADDRESS;
}

function layoutOf(platform: Platform): Layout {
  const found = layouts.get(platform);
  if (found) return found;
  const { memories } = platform;
  const sorted = [...memories.keys()].sort((a, b) => compare(memories[a]!.physical, memories[b]!.physical));
  const reach: Address[] = [];
  for (const index of sorted) {
    const last = lastOf(platform, index);
    const before = reach.at(-1);
    reach.push(before && compare(before, last) > 0 ? before : last);
  }
  const layout = { sorted, reach };
  layouts.set(platform, layout);
  return layout;
}

/** The memory that holds a host-physical address; of several that share it, the one declared first. */
export function memoryAt(platform: Platform, physical: Address): number | undefined {
  const { sorted, reach } = layoutOf(platform);
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(platform.memories[sorted[middle]!]!.physical, physical) <= 0) low = middle + 1;
    else high = middle;
  }
  let first: number | undefined;
  for (let at = low - 1; at >= 0 && compare(reach[at]!, physical) >= 0; at--) {
    const index = sorted[at]!;
    if (compare(lastOf(platform, index), physical) >= 0 && (first === undefined || index < first))
      first = index;
  }
  return first;
}

/** The parts of an owner's virtual range that have memory, in ascending order. */
export function backing(platform: Platform, owner: number, range: Range): MemoryPiece[] {
  const pieces: MemoryPiece[] = [];
  for (const index of memoriesOf(platform, owner)) {
    const memory = platform.memories[index]!;
    const virtual = intersection(memory.virtual, range);
    if (!virtual) continue;
    const physical = add(memory.physical, subtract(virtual.start, memory.virtual.start))!;
    pieces.push({ virtual, physical, memory: index });
  }
  return pieces;
}

/** Whether memory lies behind every byte of an owner's virtual range. */
export function isBacked(platform: Platform, owner: number, range: Range): boolean {
  let next: Address | undefined = range.start;
  for (const piece of backing(platform, owner, range)) {
    if (!next || compare(piece.virtual.start, next) !== 0) return false;
    next = add(piece.virtual.last, { page: 0, offset: 1 });
    if (compare(piece.virtual.last, range.last) === 0) return true;
  }
  return false;
}

/**
 * What a range of a space leads to in host-physical memory, through all its parents: the meaning of the
 * range maps, independent of any page table, and exact over all addresses.
 * @param range input addresses of the space, inclusive
 */
export function compose(machine: Machine, space: Space, range: Range): Piece[] {
  const pieces: Piece[] = [];
  space.ranges.forEach((mapping) => {
    const input = intersection(mapping, range);
    if (!input) return;
    const skipped = subtract(input.start, mapping.start);
    const target = add(mapping.target, skipped);
    const last = target && add(target, subtract(input.last, input.start));
    if (!target || !last) return;
    for (const inner of resolve(machine, space, { start: target, last })) {
      const start = add(input.start, subtract(inner.input.start, target))!;
      const length = subtract(inner.input.last, inner.input.start);
      pieces.push({
        input: { start, last: add(start, length)! },
        physical: inner.physical,
        access: combine(space, mapping.access, inner.access),
        origins: [mapping.origin, ...inner.origins],
      });
    }
  }, range);
  return pieces;
}

/** The targets of a space: memory for a root, the parent's space for a child. */
function resolve(machine: Machine, space: Space, target: Range): Piece[] {
  if (space.parent < 0) {
    return backing(machine.platform, space.owner, target).map((piece) => ({
      input: piece.virtual,
      physical: piece.physical,
      access: READ | WRITE,
      origins: [],
    }));
  }
  const parent = machine.spaces.get(space.parent);
  return parent ? compose(machine, parent, target) : [];
}

/** Both stages must permit an access; a second stage has no execute bit of its own, so reading covers it. */
function combine(space: Space, access: number, parent: number): number {
  if (space.parent < 0) return access & (READ | WRITE | EXEC);
  const readable = parent & READ ? READ | (access & ~(READ | WRITE)) : 0;
  return (access & readable) | (access & parent & WRITE);
}
