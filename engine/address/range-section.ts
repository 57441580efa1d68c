import type { RangeChunk } from "./range-chunk.js";
import { RangeStarts } from "./range-starts.js";

/** Binary logarithm of the chunks of a full section: the index of a chunk is `section << SECTION_BITS | place`. */
export const SECTION_BITS = 7;
/** Chunks of a full section. */
export const SECTION_CHUNKS = 1 << SECTION_BITS;

/** A run of consecutive chunks of a `RangeMap`, none of them empty, with the start of each to search. */
export class RangeSection {
  /** The epoch that may write this section in place. */
  readonly epoch: number;
  readonly chunks: RangeChunk[];
  readonly #starts: RangeStarts;

  private constructor(epoch: number, chunks: RangeChunk[], starts: RangeStarts) {
    this.epoch = epoch;
    this.chunks = chunks;
    this.#starts = starts;
  }

  /** A section with one chunk, which has a mapping. */
  static of(epoch: number, chunk: RangeChunk): RangeSection {
    const section = new RangeSection(epoch, [], RangeStarts.empty());
    section.insert(0, chunk);
    return section;
  }

  /** A section of `epoch` with the chunks from `from` on, which stay shared. */
  copy(epoch: number, from = 0): RangeSection {
    return new RangeSection(epoch, this.chunks.slice(from), this.#starts.copy(from));
  }

  /** Whether another section has the same chunks. */
  equals(other: RangeSection): boolean {
    return (
      this === other ||
      (this.chunks.length === other.chunks.length &&
        this.chunks.every((chunk, place) => chunk.equals(other.chunks[place]!)))
    );
  }

  /** The last chunk whose first mapping starts at or before the address, or -1. */
  floor(page: number, offset: number): number {
    return this.#starts.floor(page, offset);
  }

  /** The chunk at a place, made this section's own. */
  writableChunk(place: number): RangeChunk {
    const chunk = this.chunks[place]!;
    if (chunk.epoch === this.epoch) return chunk;
    const copy = chunk.clone(this.epoch);
    this.chunks[place] = copy;
    return copy;
  }

  /** Reads the start of a chunk again after its first mapping changed. */
  refresh(place: number): void {
    const chunk = this.chunks[place]!;
    this.#starts.set(place, chunk.startPage[0]!, chunk.startOffset[0]!);
  }

  /** Adds a chunk, which has a mapping, before `place`; the caller knows that it fits. */
  insert(place: number, chunk: RangeChunk): void {
    this.chunks.splice(place, 0, chunk);
    this.#starts.insert(place, chunk.startPage[0]!, chunk.startOffset[0]!);
  }

  /** Drops the chunks from `from` up to `to`. */
  remove(from: number, to: number): void {
    this.chunks.splice(from, to - from);
    this.#starts.remove(from, to);
  }
}
