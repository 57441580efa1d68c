import { CHUNK_SLOTS, type RangeChunk } from "./range-chunk.js";

/** A chunk with fewer slots joins a neighbour when both fit in three quarters of a chunk. */
const MERGE_BELOW = CHUNK_SLOTS / 4;
const MERGE_LIMIT = (CHUNK_SLOTS * 3) / 4;

/** The chunks of a `RangeMap` in order, none of them empty, with the start of each in a column to search. */
export class RangeDirectory {
  /** The epoch that may write this directory in place. */
  readonly epoch: number;
  readonly chunks: RangeChunk[];
  #startPage: Float64Array;
  #startOffset: Uint16Array;

  private constructor(
    epoch: number,
    chunks: RangeChunk[],
    startPage: Float64Array,
    startOffset: Uint16Array,
  ) {
    this.epoch = epoch;
    this.chunks = chunks;
    this.#startPage = startPage;
    this.#startOffset = startOffset;
  }

  static empty(epoch: number): RangeDirectory {
    return new RangeDirectory(epoch, [], new Float64Array(1), new Uint16Array(1));
  }

  /** This directory when `epoch` owns it, else a copy which it owns; the chunks stay shared. */
  writable(epoch: number): RangeDirectory {
    if (this.epoch === epoch) return this;
    return new RangeDirectory(epoch, this.chunks.slice(), this.#startPage.slice(), this.#startOffset.slice());
  }

  /** Position of the mapping with so many before it, chunk * CHUNK_SLOTS + slot; -1 when there are not so many. */
  locate(before: number): number {
    let left = before;
    for (const [index, { count }] of this.chunks.entries()) {
      if (left < count) return index * CHUNK_SLOTS + left;
      left -= count;
    }
    return -1;
  }

  /** Whether another directory has the same chunks; when not, its mappings may still be the same. */
  equals(other: RangeDirectory): boolean {
    return (
      this.chunks === other.chunks ||
      (this.chunks.length === other.chunks.length &&
        this.chunks.every((chunk, index) => chunk.equals(other.chunks[index]!)))
    );
  }

  /** The last chunk whose first mapping starts at or before the address, or -1. */
  floor(page: number, offset: number): number {
    const pages = this.#startPage;
    let low = 0;
    let high = this.chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const start = pages[middle]!;
      if (start < page || (start === page && this.#startOffset[middle]! <= offset)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The chunk at `index`, made this epoch's own. */
  writableChunk(index: number): RangeChunk {
    const chunk = this.chunks[index]!;
    if (chunk.epoch === this.epoch) return chunk;
    const copy = chunk.copy(this.epoch, 0, chunk.count);
    this.chunks[index] = copy;
    return copy;
  }

  /** Reads the start of a chunk again after its first mapping changed. */
  refresh(index: number): void {
    const chunk = this.chunks[index]!;
    this.#startPage[index] = chunk.startPage[0]!;
    this.#startOffset[index] = chunk.startOffset[0]!;
  }

  /** Adds a chunk, which has a mapping, before `index`. */
  insert(index: number, chunk: RangeChunk): void {
    const count = this.chunks.length;
    if (count === this.#startPage.length) {
      const pages = new Float64Array(count * 2);
      const offsets = new Uint16Array(count * 2);
      pages.set(this.#startPage);
      offsets.set(this.#startOffset);
      this.#startPage = pages;
      this.#startOffset = offsets;
    }
    this.#startPage.copyWithin(index + 1, index, count);
    this.#startOffset.copyWithin(index + 1, index, count);
    this.chunks.splice(index, 0, chunk);
    this.refresh(index);
  }

  /** Drops the chunks from `from` up to `to`. */
  remove(from: number, to: number): void {
    if (from >= to) return;
    this.#startPage.copyWithin(from, to, this.chunks.length);
    this.#startOffset.copyWithin(from, to, this.chunks.length);
    this.chunks.splice(from, to - from);
  }

  /** Moves the upper half of a full chunk into one of its own behind it. */
  split(index: number): void {
    const chunk = this.writableChunk(index);
    const half = chunk.count >>> 1;
    const upper = chunk.copy(this.epoch, half, chunk.count);
    chunk.close(half, chunk.count);
    this.insert(index + 1, upper);
  }

  /** After removals at `index`: drops an empty chunk, joins a thin one with a neighbour that has room. */
  tidy(index: number): void {
    const chunk = this.chunks[index];
    if (chunk === undefined || chunk.count >= MERGE_BELOW) return;
    if (chunk.count === 0) {
      this.remove(index, index + 1);
    } else if (this.#fits(index, index + 1)) {
      this.#join(index);
    } else if (this.#fits(index - 1, index)) {
      this.#join(index - 1);
    }
  }

  #fits(index: number, following: number): boolean {
    const a = this.chunks[index];
    const b = this.chunks[following];
    return a !== undefined && b !== undefined && a.count + b.count <= MERGE_LIMIT;
  }

  #join(index: number): void {
    const chunk = this.writableChunk(index);
    const following = this.chunks[index + 1]!;
    const at = chunk.count;
    chunk.open(at, following.count);
    chunk.receive(at, following, 0, following.count);
    this.remove(index + 1, index + 2);
    this.refresh(index);
  }
}
