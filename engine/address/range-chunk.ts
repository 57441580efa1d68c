/** Slots of a full chunk; a power of two, because a position is `chunk * CHUNK_SLOTS + slot`. */
export const CHUNK_SLOTS = 128;

const FIRST_CAPACITY = 4;

/** Three frame numbers, an origin, three offsets and the access bits. */
const SLOT_BYTES = 3 * 8 + 4 + 3 * 2 + 1;

/** A run of consecutive mappings of a `RangeMap`, one per slot, ascending, in columns. */
export class RangeChunk {
  /** The epoch that may write this chunk in place. */
  readonly epoch: number;
  count = 0;
  startPage: Float64Array;
  startOffset: Uint16Array;
  lastPage: Float64Array;
  lastOffset: Uint16Array;
  targetPage: Float64Array;
  targetOffset: Uint16Array;
  access: Uint8Array<ArrayBuffer>;
  origin: Int32Array;

  constructor(
    epoch: number,
    capacity: number = FIRST_CAPACITY,
    buffer: ArrayBuffer = new ArrayBuffer(capacity * SLOT_BYTES),
  ) {
    this.epoch = epoch;
    // One buffer, so that a lookup stays on one or two pages of memory; widest columns first, aligned.
    this.startPage = new Float64Array(buffer, 0, capacity);
    this.lastPage = new Float64Array(buffer, capacity * 8, capacity);
    this.targetPage = new Float64Array(buffer, capacity * 16, capacity);
    this.origin = new Int32Array(buffer, capacity * 24, capacity);
    this.startOffset = new Uint16Array(buffer, capacity * 28, capacity);
    this.lastOffset = new Uint16Array(buffer, capacity * 30, capacity);
    this.targetOffset = new Uint16Array(buffer, capacity * 32, capacity);
    this.access = new Uint8Array(buffer, capacity * 34, capacity);
  }

  /** A chunk of `epoch` with all slots of this one. */
  clone(epoch: number): RangeChunk {
    const { buffer, length } = this.access;
    const chunk = new RangeChunk(epoch, length, buffer.slice());
    chunk.count = this.count;
    return chunk;
  }

  /** A chunk of `epoch` with the slots from `from` up to `to` of this one. */
  copy(epoch: number, from: number, to: number): RangeChunk {
    const chunk = new RangeChunk(epoch, capacityFor(to - from));
    chunk.receive(0, this, from, to);
    chunk.count = to - from;
    return chunk;
  }

  /** Whether another chunk has the same mappings; at once for the same one. */
  equals(other: RangeChunk): boolean {
    if (this === other) return true;
    if (this.count !== other.count) return false;
    for (let slot = 0; slot < this.count; slot += 1) {
      if (
        this.startPage[slot] !== other.startPage[slot] ||
        this.lastPage[slot] !== other.lastPage[slot] ||
        this.targetPage[slot] !== other.targetPage[slot] ||
        this.startOffset[slot] !== other.startOffset[slot] ||
        this.lastOffset[slot] !== other.lastOffset[slot] ||
        this.targetOffset[slot] !== other.targetOffset[slot] ||
        this.access[slot] !== other.access[slot] ||
        this.origin[slot] !== other.origin[slot]
      ) {
        return false;
      }
    }
    return true;
  }

  /** Makes `slots` free slots at `slot`, shifting what follows; the caller knows that they fit. */
  open(slot: number, slots: number): void {
    const count = this.count + slots;
    if (count > this.access.length) this.#grow(capacityFor(count));
    this.#shift(slot + slots, slot);
    this.count = count;
  }

  /** Drops the slots from `from` up to `to`. */
  close(from: number, to: number): void {
    this.#shift(from, to);
    this.count -= to - from;
  }

  /** Copies slots of another chunk over those at `slot`. */
  receive(slot: number, other: RangeChunk, from: number, to: number): void {
    this.startPage.set(other.startPage.subarray(from, to), slot);
    this.startOffset.set(other.startOffset.subarray(from, to), slot);
    this.lastPage.set(other.lastPage.subarray(from, to), slot);
    this.lastOffset.set(other.lastOffset.subarray(from, to), slot);
    this.targetPage.set(other.targetPage.subarray(from, to), slot);
    this.targetOffset.set(other.targetOffset.subarray(from, to), slot);
    this.access.set(other.access.subarray(from, to), slot);
    this.origin.set(other.origin.subarray(from, to), slot);
  }

  /** The last slot whose start is at or before the address, or -1. */
  floor(page: number, offset: number): number {
    const pages = this.startPage;
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const start = pages[middle]!;
      if (start < page || (start === page && this.startOffset[middle]! <= offset)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #shift(to: number, from: number): void {
    const end = this.count;
    this.startPage.copyWithin(to, from, end);
    this.startOffset.copyWithin(to, from, end);
    this.lastPage.copyWithin(to, from, end);
    this.lastOffset.copyWithin(to, from, end);
    this.targetPage.copyWithin(to, from, end);
    this.targetOffset.copyWithin(to, from, end);
    this.access.copyWithin(to, from, end);
    this.origin.copyWithin(to, from, end);
  }

  #grow(capacity: number): void {
    const larger = new RangeChunk(this.epoch, capacity);
    larger.receive(0, this, 0, this.count);
    this.startPage = larger.startPage;
    this.startOffset = larger.startOffset;
    this.lastPage = larger.lastPage;
    this.lastOffset = larger.lastOffset;
    this.targetPage = larger.targetPage;
    this.targetOffset = larger.targetOffset;
    this.access = larger.access;
    this.origin = larger.origin;
  }
}

/** Spaces with a handful of mappings are common, full chunks too: capacities double up to a full one. */
function capacityFor(count: number): number {
  let capacity = FIRST_CAPACITY;
  while (capacity < count) capacity *= 2;
  return Math.min(capacity, CHUNK_SLOTS);
}
