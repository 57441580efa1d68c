/** Frames below this one number fit a tag together with the number of their stream. */
const FRAMES = 2 ** 36;
/** Lines to begin with, and at most; powers of two. A line is two doubles. */
const FEWEST = 1 << 9;
const MOST = 1 << 17;

/**
 * Lines shared by a machine and its forks: tag, then target frame and access. A tag holds a number that is
 * drawn anew whenever anything could have changed, so that a line is right for ever or never found again.
 */
export class Lines {
  #cells = new Float64Array(FEWEST * 2).fill(-1);
  #mask = FEWEST - 1;
  #kept = 0;
  #numbers = 0;

  /** A number that no line has yet. */
  draw(): number {
    this.#numbers += 1;
    // Tags stay below 2^53; before they would not, all lines go.
    if (this.#numbers === 2 ** 16) {
      this.#cells.fill(-1);
      this.#numbers = 1;
    }
    return this.#numbers;
  }

  /** @returns target frame times 8 plus access, or -1 */
  find(number: number, page: number): number {
    const cells = this.#cells;
    const at = (((page | 0) ^ ((page / 0x2_0000) | 0)) & this.#mask) * 2;
    return cells[at] === number * FRAMES + page ? cells[at + 1]! : -1;
  }

  keep(number: number, page: number, target: number, access: number): void {
    if (page >= FRAMES || target >= FRAMES * 16) return;
    this.#kept += 1;
    // A busy machine gets more lines; what the few held is found again by the next walk.
    if (this.#kept > this.#mask && this.#mask < MOST - 1) {
      this.#cells = new Float64Array((this.#mask + 1) * 4).fill(-1);
      this.#mask = this.#mask * 2 + 1;
      this.#kept = 0;
    }
    const at = (((page | 0) ^ ((page / 0x2_0000) | 0)) & this.#mask) * 2;
    this.#cells[at] = number * FRAMES + page;
    this.#cells[at + 1] = target * 8 + access;
  }
}

/**
 * A cache in front of the architectural IOTLB for the (RID, PASID) that asked last. For speed alone: it holds
 * only what the IOTLB answered, forgets all of it at every operation that is not a DMA, is never forked and
 * never seen; with it off every trace is the same.
 */
export class Accelerator {
  enabled = true;
  #key = -1;
  #number = 0;

  constructor(readonly lines: Lines) {}

  /**
   * @param key number of the (RID, PASID)
   * @returns target frame times 8 plus access, or -1
   */
  find(key: number, page: number): number {
    return key === this.#key ? this.lines.find(this.#number, page) : -1;
  }

  keep(key: number, page: number, target: number, access: number): void {
    if (!this.enabled) return;
    if (key !== this.#key) {
      this.#key = key;
      this.#number = this.lines.draw();
    }
    this.lines.keep(this.#number, page, target, access);
  }

  clear(): void {
    this.#key = -1;
  }
}
