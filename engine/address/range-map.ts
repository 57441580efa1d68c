import {
  type Address,
  add,
  compare,
  equal,
  fromBytes,
  MAX_ADDRESS,
  next,
  previous,
  subtract,
} from "./address.js";
import type { Mapping, MutableMapping } from "./mapping.js";
import type { Range } from "./range.js";
import { CHUNK_SLOTS, RangeChunk } from "./range-chunk.js";
import { RangeDirectory } from "./range-directory.js";

/**
 * The truth of an address space: disjoint mappings with exact byte bounds, ascending. Nothing is merged,
 * so that an unmap can tell the mappings that were made (type1 v2 semantics). It forks in O(1): a fork is
 * `own` with another epoch, and chunks are copied before the first write to them. Only the handle of the
 * current epoch is written, and nothing is written during an iteration.
 */
export class RangeMap {
  readonly epoch: number;
  #directory: RangeDirectory;
  #size: number;

  private constructor(epoch: number, directory: RangeDirectory, size: number) {
    this.epoch = epoch;
    this.#directory = directory;
    this.#size = size;
  }

  /** @param epoch positive integer that may write the map */
  static empty(epoch: number): RangeMap {
    return new RangeMap(epoch, RangeDirectory.empty(epoch), 0);
  }

  /** This map when `epoch` owns it, else a handle with the same content that `epoch` may write; O(1). */
  own(epoch: number): RangeMap {
    return epoch === this.epoch ? this : new RangeMap(epoch, this.#directory, this.#size);
  }

  /** Number of mappings. */
  get size(): number {
    return this.#size;
  }

  /** The mapping that holds the address. */
  find(address: Address): Mapping | undefined {
    const at = this.#floor(address);
    return at >= 0 && this.#compareLast(at, address) >= 0 ? this.#read(at) : undefined;
  }

  /**
   * The mapping that holds an address, without allocating.
   * @param page frame number, 0 to 2^52 - 1
   * @param offset byte within the frame, 0 to 4095
   * @param out is filled when there is one; its `target` belongs to its `start`
   */
  locate(page: number, offset: number, out: MutableMapping): boolean {
    const chunk = this.#directory.chunkAt(page, offset);
    if (chunk === undefined) return false;
    const slot = chunk.floor(page, offset);
    const lastPage = chunk.lastPage[slot]!;
    const lastOffset = chunk.lastOffset[slot]!;
    if (lastPage < page || (lastPage === page && lastOffset < offset)) return false;
    out.start.page = chunk.startPage[slot]!;
    out.start.offset = chunk.startOffset[slot]!;
    out.last.page = lastPage;
    out.last.offset = lastOffset;
    out.target.page = chunk.targetPage[slot]!;
    out.target.offset = chunk.targetOffset[slot]!;
    out.access = chunk.access[slot]!;
    out.origin = chunk.origin[slot]!;
    return true;
  }

  /** The first mapping whose last byte is at or after the address: the one that holds it, or the next. */
  firstAtOrAfter(address: Address): Mapping | undefined {
    const at = this.#ceiling(address);
    return at < 0 ? undefined : this.#read(at);
  }

  /** The first mapping that shares a byte with the range. */
  overlapping(range: Range): Mapping | undefined {
    const at = this.#ceiling(range.start);
    return at >= 0 && this.#compareStart(at, range.last) <= 0 ? this.#read(at) : undefined;
  }

  /** The first mapping that the range would split: some of its bytes lie inside and some outside. */
  cut(range: Range): Mapping | undefined {
    const first = this.#first(range);
    if (!this.#within(first, range)) return undefined;
    if (this.#compareStart(first, range.start) < 0) return this.#read(first);
    const last = this.#floor(range.last);
    return this.#compareLast(last, range.last) > 0 ? this.#read(last) : undefined;
  }

  /**
   * Adds one mapping.
   * @param target where the first byte of the range leads; target + length must not pass 2^64
   * @param access 0 to 255
   * @param origin int32
   * @returns `undefined`, or the first mapping in the way, and then nothing has changed
   */
  insert(range: Range, target: Address, access: number, origin: number): Mapping | undefined {
    const obstacle = this.overlapping(range);
    if (obstacle !== undefined) return obstacle;
    this.#directory = this.#directory.writable(this.epoch);
    this.#write(this.#openSlot(range.start), range.start, range.last, target, access, origin);
    this.#size += 1;
    return undefined;
  }

  /**
   * Removes every mapping that lies wholly inside the range; one that sticks out stays (see `cut`).
   * @returns how many were removed
   */
  remove(range: Range): number {
    let from = this.#ceiling(range.start);
    if (from >= 0 && this.#compareStart(from, range.start) < 0) from = this.#following(from);
    if (from < 0) return 0;
    let to = this.#floor(range.last);
    if (to >= 0 && this.#compareLast(to, range.last) > 0) to = this.#preceding(to);
    if (to < from) return 0;
    const removed = this.#removeSlots(from, to);
    this.#size -= removed;
    return removed;
  }

  /** Removes the bytes of the range, cutting the mappings at its ends; what is left of them stays put. */
  carve(range: Range): void {
    const before = this.find(range.start);
    const after = this.find(range.last);
    if (before !== undefined && compare(before.start, range.start) < 0) {
      const at = this.#writableAt(this.#floor(range.start));
      const { start, target, access, origin } = before;
      this.#write(at, start, previous(range.start), target, access, origin);
    }
    if (after !== undefined && compare(range.last, after.last) < 0) {
      const start = next(range.last);
      const target = add(after.target, subtract(start, after.start))!;
      if (compare(after.start, range.start) < 0) {
        this.insert({ start, last: after.last }, target, after.access, after.origin);
      } else {
        const at = this.#writableAt(this.#floor(range.last));
        this.#write(at, start, after.last, target, after.access, after.origin);
      }
    }
    this.remove(range);
  }

  /** Calls `visit` for each mapping, or each that shares a byte with `range`, ascending. */
  forEach(visit: (mapping: Mapping) => void, range?: Range): void {
    for (let at = this.#first(range); this.#within(at, range); at = this.#following(at))
      visit(this.#read(at));
  }

  /** Each mapping, or each that shares a byte with `range`, ascending. */
  *entries(range?: Range): IterableIterator<Mapping> {
    for (let at = this.#first(range); this.#within(at, range); at = this.#following(at)) yield this.#read(at);
  }

  /**
   * Bytes of all mappings that share a byte with the range, counted whole.
   * @returns `undefined` when there is no mapping; the largest address for 2^64
   */
  bytes(range: Range): Address | undefined {
    const first = this.#first(range);
    if (!this.#within(first, range)) return undefined;
    let pages = 0;
    let offsets = 0;
    for (let at = first; this.#within(at, range); at = this.#following(at)) {
      const chunk = this.#directory.chunk(Math.floor(at / CHUNK_SLOTS));
      const slot = at % CHUNK_SLOTS;
      pages += chunk.lastPage[slot]! - chunk.startPage[slot]!;
      offsets += chunk.lastOffset[slot]! - chunk.startOffset[slot]! + 1;
    }
    return add({ page: pages, offset: 0 }, fromBytes(offsets)) ?? MAX_ADDRESS;
  }

  /** Some of the mappings in their order, without looking at those before. @param from how many to pass over */
  slice(from: number, count: number): Mapping[] {
    const found: Mapping[] = [];
    const first = this.#directory.locate(from);
    for (let at = first; at >= 0 && found.length < count; at = this.#following(at))
      found.push(this.#read(at));
    return found;
  }

  /** Whether another map has the same mappings; quick for two forks of one map, which share most of it. */
  equals(other: RangeMap): boolean {
    if (this.#size !== other.#size) return false;
    if (this.#directory.equals(other.#directory)) return true;
    const others = other.entries();
    for (const mapping of this.entries()) {
      if (!isSame(mapping, others.next().value as Mapping)) return false;
    }
    return true;
  }

  clear(): void {
    this.#directory = RangeDirectory.empty(this.epoch);
    this.#size = 0;
  }

  // A position is chunk * CHUNK_SLOTS + slot, or -1 for none; positions ascend as their mappings do.

  #floor(address: Address): number {
    const index = this.#directory.floor(address.page, address.offset);
    if (index < 0) return -1;
    return index * CHUNK_SLOTS + this.#directory.chunk(index).floor(address.page, address.offset);
  }

  #ceiling(address: Address): number {
    const at = this.#floor(address);
    if (at < 0) return this.#size === 0 ? -1 : 0;
    return this.#compareLast(at, address) >= 0 ? at : this.#following(at);
  }

  #following(at: number): number {
    const index = Math.floor(at / CHUNK_SLOTS);
    if ((at % CHUNK_SLOTS) + 1 < this.#directory.chunk(index).count) return at + 1;
    const following = this.#directory.following(index);
    return following < 0 ? -1 : following * CHUNK_SLOTS;
  }

  #preceding(at: number): number {
    if (at % CHUNK_SLOTS > 0) return at - 1;
    const index = this.#directory.preceding(at / CHUNK_SLOTS);
    return index < 0 ? -1 : index * CHUNK_SLOTS + this.#directory.chunk(index).count - 1;
  }

  #first(range: Range | undefined): number {
    if (range !== undefined) return this.#ceiling(range.start);
    return this.#size === 0 ? -1 : 0;
  }

  #within(at: number, range: Range | undefined): boolean {
    return at >= 0 && (range === undefined || this.#compareStart(at, range.last) <= 0);
  }

  #compareStart(at: number, address: Address): number {
    const chunk = this.#directory.chunk(Math.floor(at / CHUNK_SLOTS));
    const slot = at % CHUNK_SLOTS;
    return chunk.startPage[slot]! - address.page || chunk.startOffset[slot]! - address.offset;
  }

  #compareLast(at: number, address: Address): number {
    const chunk = this.#directory.chunk(Math.floor(at / CHUNK_SLOTS));
    const slot = at % CHUNK_SLOTS;
    return chunk.lastPage[slot]! - address.page || chunk.lastOffset[slot]! - address.offset;
  }

  #read(at: number): Mapping {
    const chunk = this.#directory.chunk(Math.floor(at / CHUNK_SLOTS));
    const slot = at % CHUNK_SLOTS;
    return {
      start: { page: chunk.startPage[slot]!, offset: chunk.startOffset[slot]! },
      last: { page: chunk.lastPage[slot]!, offset: chunk.lastOffset[slot]! },
      target: { page: chunk.targetPage[slot]!, offset: chunk.targetOffset[slot]! },
      access: chunk.access[slot]!,
      origin: chunk.origin[slot]!,
    };
  }

  #write(at: number, start: Address, last: Address, target: Address, access: number, origin: number): void {
    const index = Math.floor(at / CHUNK_SLOTS);
    const slot = at % CHUNK_SLOTS;
    const chunk = this.#directory.chunk(index);
    chunk.startPage[slot] = start.page;
    chunk.startOffset[slot] = start.offset;
    chunk.lastPage[slot] = last.page;
    chunk.lastOffset[slot] = last.offset;
    chunk.targetPage[slot] = target.page;
    chunk.targetOffset[slot] = target.offset;
    chunk.access[slot] = access;
    chunk.origin[slot] = origin;
    if (slot === 0) this.#directory.refresh(index);
  }

  #writableAt(at: number): number {
    this.#directory = this.#directory.writable(this.epoch);
    this.#directory.writableChunk(Math.floor(at / CHUNK_SLOTS));
    return at;
  }

  /** A free slot for a mapping that starts at `start`; the directory is this epoch's own. */
  #openSlot(start: Address): number {
    const directory = this.#directory;
    if (this.#size === 0) return this.#openChunk();
    let index = Math.max(0, directory.floor(start.page, start.offset));
    const chunk = directory.chunk(index);
    if (chunk.count === CHUNK_SLOTS) {
      // Ascending inserts are the common case: they leave full chunks behind, not half full ones.
      const isBehind = chunk.floor(start.page, start.offset) + 1 === CHUNK_SLOTS;
      if (isBehind && directory.following(index) < 0) return this.#openChunk();
      directory.split(index);
      index = Math.max(0, directory.floor(start.page, start.offset));
    }
    const owned = directory.writableChunk(index);
    const slot = owned.floor(start.page, start.offset) + 1;
    owned.open(slot, 1);
    return index * CHUNK_SLOTS + slot;
  }

  /** The first slot of a new chunk behind all others. */
  #openChunk(): number {
    const chunk = new RangeChunk(this.epoch);
    chunk.open(0, 1);
    return this.#directory.append(chunk) * CHUNK_SLOTS;
  }

  /** Removes the slots from `from` to `to`, both included, and returns how many they were. */
  #removeSlots(from: number, to: number): number {
    this.#directory = this.#directory.writable(this.epoch);
    const directory = this.#directory;
    const first = Math.floor(from / CHUNK_SLOTS);
    const last = Math.floor(to / CHUNK_SLOTS);
    let removed = 0;
    for (let index = first; index >= 0 && index <= last; index = directory.following(index)) {
      const { count } = directory.chunk(index);
      const low = index === first ? from % CHUNK_SLOTS : 0;
      const high = index === last ? (to % CHUNK_SLOTS) + 1 : count;
      removed += high - low;
      if (index > first && index < last) continue;
      directory.writableChunk(index).close(low, high);
      if (low === 0 && high < count) directory.refresh(index);
    }
    if (last > first) {
      directory.removeBetween(first, last);
      directory.tidy(directory.following(first));
    }
    directory.tidy(first);
    return removed;
  }
}

function isSame(a: Mapping, b: Mapping): boolean {
  return (
    equal(a.start, b.start) &&
    equal(a.last, b.last) &&
    equal(a.target, b.target) &&
    a.access === b.access &&
    a.origin === b.origin
  );
}
