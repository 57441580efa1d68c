/** Where the parts of a `RangeMap` start, ascending, in columns to search. */
export class RangeStarts {
  #count: number;
  #pages: Float64Array;
  #offsets: Uint16Array;

  private constructor(count: number, pages: Float64Array, offsets: Uint16Array) {
    this.#count = count;
    this.#pages = pages;
    this.#offsets = offsets;
  }

  static empty(): RangeStarts {
    return new RangeStarts(0, new Float64Array(1), new Uint16Array(1));
  }

  /** The starts of the parts from `from` on. */
  copy(from = 0): RangeStarts {
    const count = this.#count - from;
    return new RangeStarts(count, this.#pages.slice(from), this.#offsets.slice(from));
  }

  /** The last part that starts at or before the address, or -1. */
  floor(page: number, offset: number): number {
    const pages = this.#pages;
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const start = pages[middle]!;
      if (start < page || (start === page && this.#offsets[middle]! <= offset)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  set(index: number, page: number, offset: number): void {
    this.#pages[index] = page;
    this.#offsets[index] = offset;
  }

  /** Adds the start of a part before that of another one. @param index 0 to the number of parts */
  insert(index: number, page: number, offset: number): void {
    const count = this.#count;
    if (count === this.#pages.length) this.#grow();
    this.#pages.copyWithin(index + 1, index, count);
    this.#offsets.copyWithin(index + 1, index, count);
    this.#count = count + 1;
    this.set(index, page, offset);
  }

  /** Drops the starts from `from` up to `to`. */
  remove(from: number, to: number): void {
    this.#pages.copyWithin(from, to, this.#count);
    this.#offsets.copyWithin(from, to, this.#count);
    this.#count -= to - from;
  }

  #grow(): void {
    const capacity = this.#count * 2;
    const pages = new Float64Array(capacity);
    const offsets = new Uint16Array(capacity);
    pages.set(this.#pages);
    offsets.set(this.#offsets);
    this.#pages = pages;
    this.#offsets = offsets;
  }
}
