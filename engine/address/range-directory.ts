import { CHUNK_SLOTS, type RangeChunk } from "./range-chunk.js";
import { RangeSection, SECTION_BITS, SECTION_CHUNKS } from "./range-section.js";
import { RangeStarts } from "./range-starts.js";

/** A chunk with fewer slots joins a neighbour when both fit in three quarters of a chunk. */
const MERGE_BELOW = CHUNK_SLOTS / 4;
const MERGE_LIMIT = (CHUNK_SLOTS * 3) / 4;

/**
 * The chunks of a `RangeMap` in order, in sections, so that the first write after a fork copies the section
 * that it is in, and not the starts of all chunks. The index of a chunk is `section << SECTION_BITS | place`;
 * indexes ascend as the chunks do, with gaps.
 */
export class RangeDirectory {
  /** The epoch that may write this directory in place. */
  readonly epoch: number;
  readonly #sections: RangeSection[];
  readonly #starts: RangeStarts;

  private constructor(epoch: number, sections: RangeSection[], starts: RangeStarts) {
    this.epoch = epoch;
    this.#sections = sections;
    this.#starts = starts;
  }

  static empty(epoch: number): RangeDirectory {
    return new RangeDirectory(epoch, [], RangeStarts.empty());
  }

  /** This directory when `epoch` owns it, else a copy which it owns; the sections stay shared. */
  writable(epoch: number): RangeDirectory {
    if (this.epoch === epoch) return this;
    return new RangeDirectory(epoch, this.#sections.slice(), this.#starts.copy());
  }

  /** The chunk at an index. */
  chunk(index: number): RangeChunk {
    return this.#sections[sectionOf(index)]!.chunks[placeOf(index)]!;
  }

  /** Index of the chunk behind another one, of the first one for -1; -1 when there is none. */
  following(index: number): number {
    if (index < 0) return this.#sections.length > 0 ? 0 : -1;
    const section = sectionOf(index);
    if (placeOf(index) + 1 < this.#sections[section]!.chunks.length) return index + 1;
    return section + 1 < this.#sections.length ? (section + 1) * SECTION_CHUNKS : -1;
  }

  /** Index of the chunk before another one, or -1. */
  preceding(index: number): number {
    if (placeOf(index) > 0) return index - 1;
    const section = sectionOf(index) - 1;
    return section < 0 ? -1 : section * SECTION_CHUNKS + this.#sections[section]!.chunks.length - 1;
  }

  /** Position of the mapping with so many before it, chunk * CHUNK_SLOTS + slot; -1 when there are not so many. */
  locate(before: number): number {
    let left = before;
    for (let index = this.following(-1); index >= 0; index = this.following(index)) {
      const { count } = this.chunk(index);
      if (left < count) return index * CHUNK_SLOTS + left;
      left -= count;
    }
    return -1;
  }

  /** Whether another directory has the same sections; when not, its mappings may still be the same. */
  equals(other: RangeDirectory): boolean {
    return (
      this === other ||
      (this.#sections.length === other.#sections.length &&
        this.#sections.every((section, at) => section.equals(other.#sections[at]!)))
    );
  }

  /** The last chunk whose first mapping starts at or before the address. */
  chunkAt(page: number, offset: number): RangeChunk | undefined {
    const sections = this.#sections;
    const section = sections.length === 1 ? sections[0] : sections[this.#starts.floor(page, offset)];
    return section?.chunks[section.floor(page, offset)];
  }

  /** The index of that chunk, or -1. */
  floor(page: number, offset: number): number {
    if (this.#sections.length === 1) return this.#sections[0]!.floor(page, offset);
    const section = this.#starts.floor(page, offset);
    return section < 0 ? -1 : section * SECTION_CHUNKS + this.#sections[section]!.floor(page, offset);
  }

  /** The chunk at an index, made this epoch's own. */
  writableChunk(index: number): RangeChunk {
    return this.#writable(sectionOf(index)).writableChunk(placeOf(index));
  }

  /** Reads the start of a chunk again after its first mapping changed. */
  refresh(index: number): void {
    const section = sectionOf(index);
    this.#writable(section).refresh(placeOf(index));
    if (placeOf(index) === 0) this.#refreshSection(section);
  }

  /** Adds a chunk, which has a mapping, behind all others. @returns its index */
  append(chunk: RangeChunk): number {
    const last = this.#sections.length - 1;
    const place = this.#sections[last]?.chunks.length ?? SECTION_CHUNKS;
    if (place === SECTION_CHUNKS) this.#insertSection(last + 1, RangeSection.of(this.epoch, chunk));
    else this.#writable(last).insert(place, chunk);
    return last * SECTION_CHUNKS + place;
  }

  /** Moves the upper half of a full chunk into one of its own behind it; indexes from this one on change. */
  split(index: number): void {
    const chunk = this.writableChunk(index);
    const half = chunk.count >>> 1;
    const upper = chunk.copy(this.epoch, half, chunk.count);
    chunk.close(half, chunk.count);
    const section = sectionOf(index);
    const place = placeOf(index) + 1;
    if (this.#sections[section]!.chunks.length < SECTION_CHUNKS) {
      this.#sections[section]!.insert(place, upper);
      return;
    }
    const middle = SECTION_CHUNKS / 2;
    const lower = this.#sections[section]!;
    const added = lower.copy(this.epoch, middle);
    lower.remove(middle, SECTION_CHUNKS);
    if (place <= middle) lower.insert(place, upper);
    else added.insert(place - middle, upper);
    this.#insertSection(section + 1, added);
  }

  /** Drops the chunks between two of them; the index of the first one stays what it is. */
  removeBetween(first: number, last: number): void {
    const from = sectionOf(first);
    const to = sectionOf(last);
    if (from === to) {
      this.#writable(from).remove(placeOf(first) + 1, placeOf(last));
      return;
    }
    const lower = this.#writable(from);
    lower.remove(placeOf(first) + 1, lower.chunks.length);
    this.#writable(to).remove(0, placeOf(last));
    this.#refreshSection(to);
    this.#removeSections(from + 1, to);
  }

  /** After removals at `index`: drops an empty chunk, joins a thin one with a neighbour that has room. */
  tidy(index: number): void {
    const { count } = this.chunk(index);
    if (count >= MERGE_BELOW) return;
    const following = this.following(index);
    const preceding = this.preceding(index);
    if (count === 0) this.#remove(index);
    else if (this.#fits(index, following)) this.#join(index, following);
    else if (this.#fits(preceding, index)) this.#join(preceding, index);
  }

  #fits(index: number, following: number): boolean {
    if (index < 0 || following < 0) return false;
    return this.chunk(index).count + this.chunk(following).count <= MERGE_LIMIT;
  }

  #join(index: number, following: number): void {
    const chunk = this.writableChunk(index);
    const other = this.chunk(following);
    const at = chunk.count;
    chunk.open(at, other.count);
    chunk.receive(at, other, 0, other.count);
    this.refresh(index);
    this.#remove(following);
  }

  #remove(index: number): void {
    const at = sectionOf(index);
    const section = this.#writable(at);
    const place = placeOf(index);
    section.remove(place, place + 1);
    if (section.chunks.length === 0) this.#removeSections(at, at + 1);
    else if (place === 0) this.#refreshSection(at);
  }

  #writable(at: number): RangeSection {
    const section = this.#sections[at]!;
    if (section.epoch === this.epoch) return section;
    const copy = section.copy(this.epoch);
    this.#sections[at] = copy;
    return copy;
  }

  #insertSection(at: number, section: RangeSection): void {
    this.#sections.splice(at, 0, section);
    const { startPage, startOffset } = section.chunks[0]!;
    this.#starts.insert(at, startPage[0]!, startOffset[0]!);
  }

  #removeSections(from: number, to: number): void {
    this.#sections.splice(from, to - from);
    this.#starts.remove(from, to);
  }

  #refreshSection(at: number): void {
    const { startPage, startOffset } = this.#sections[at]!.chunks[0]!;
    this.#starts.set(at, startPage[0]!, startOffset[0]!);
  }
}

function sectionOf(index: number): number {
  return index >>> SECTION_BITS;
}

function placeOf(index: number): number {
  return index & (SECTION_CHUNKS - 1);
}
