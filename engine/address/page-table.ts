import { clear, fill, type LeafVisitor, visitLeaves } from "./page-edit.js";
import { emptyLeaf, type Leaf, PageGeometry, type PathStep, slotFrames } from "./page-geometry.js";
import { attributeBits, NODE_BITS, NODE_SLOTS, type PageNode } from "./page-node.js";

/** A frame number splits into an upper part of 25 bits and a lower one of 27, which is three levels. */
const LOWER_BITS = 27;
const LOWER = 2 ** LOWER_BITS;

/**
 * What the IOMMU walks: a tree of tables of 512 slots over frames, with large leaves. It forks in O(1): a
 * fork is `own` with another epoch, and a table is copied before the first write to it. Only the handle of
 * the current epoch is written.
 */
export class PageTable {
  readonly epoch: number;
  readonly #geometry: PageGeometry;
  readonly #limit: number;
  readonly #top: number;
  #root: PageNode | undefined;

  private constructor(epoch: number, geometry: PageGeometry, root: PageNode | undefined) {
    this.epoch = epoch;
    this.#geometry = geometry;
    this.#limit = geometry.limit;
    this.#top = geometry.levels - 1;
    this.#root = root;
  }

  /**
   * @param epoch positive integer that may write the table
   * @param width bits of an input address, 30 to 64; there are ceil((width - 12) / 9) levels
   * @param leafSizes frames of the allowed leaves, ascending powers of two; VT-d: 1, 512, 262144
   */
  static empty(epoch: number, width: number, leafSizes: readonly number[]): PageTable {
    return new PageTable(epoch, new PageGeometry(width, leafSizes), undefined);
  }

  /** This table when `epoch` owns it, else a handle with the same content that `epoch` may write; O(1). */
  own(epoch: number): PageTable {
    return epoch === this.epoch ? this : new PageTable(epoch, this.#geometry, this.#root);
  }

  /** Number of leaves. */
  get size(): number {
    return this.#root?.leaves ?? 0;
  }

  /** Number of levels; the root is at level `levels - 1`. */
  get levels(): number {
    return this.#geometry.levels;
  }

  /**
   * Walks to the leaf that holds a frame, without allocating.
   * @param page frame number, 0 to 2^52 - 1; beyond the width there is nothing
   * @param out is filled when there is a leaf
   */
  lookup(page: number, out: Leaf): boolean {
    let node = this.#root;
    if (node === undefined || page >= this.#limit) return false;
    const upper = (page / LOWER) | 0;
    const lower = (page - upper * LOWER) | 0;
    for (let shift = this.#top * NODE_BITS; ; shift -= NODE_BITS) {
      let at = (shift >= LOWER_BITS ? upper >>> (shift - LOWER_BITS) : lower >>> shift) & (NODE_SLOTS - 1);
      const slots: number[] | undefined = node.slots;
      if (slots !== undefined) {
        const slot = at;
        at = slots.length - 1;
        while (at >= 0 && slots[at] !== slot) at -= 1;
        if (at < 0) return false;
      }
      if (shift > 0) {
        const child: PageNode | undefined = node.children[at];
        if (child !== undefined) {
          node = child;
          continue;
        }
      }
      const cells = node.cells;
      if (cells.length === 0) return false;
      const attributes = cells[at * 2 + 1]!;
      if (attributes === 0) return false;
      const bits = attributeBits(attributes);
      const order = (bits >>> 8) - 1;
      let inside = 0;
      if (shift > LOWER_BITS) inside = (upper & ((1 << (shift - LOWER_BITS)) - 1)) * LOWER + lower;
      else inside = lower & ((1 << shift) - 1);
      const frames = order < 31 ? 1 << order : 2 ** order;
      out.page = order === 0 ? page : Math.floor(page / frames) * frames;
      out.frames = frames;
      out.target = cells[at * 2]! + inside;
      out.access = bits & 255;
      out.origin = (attributes - bits * 2 ** 32) | 0;
      out.level = shift / NODE_BITS;
      return true;
    }
  }

  /**
   * Maps a run of frames with the largest leaves that the alignment of both sides allows; it replaces what
   * is there, and splits the leaves at its ends.
   * @param page first frame, inside the width as is the last
   * @param frames at least 1
   * @param targetPage target of the first frame
   * @param access 0 to 255
   * @param origin int32
   */
  map(page: number, frames: number, targetPage: number, access: number, origin: number): void {
    this.unmap(page, frames);
    this.#install(page, page + frames, targetPage - page, access, origin);
  }

  /** Unmaps a run of frames, splitting the leaves at its ends. */
  unmap(page: number, frames: number): void {
    const end = this.#checkedEnd(page, frames);
    const before = this.#leafBefore(page);
    const after = this.#leafAcross(end);
    const low = before?.page ?? page;
    const high = after === undefined ? end : after.page + after.frames;
    this.#clear(low, high);
    if (before !== undefined) {
      this.#install(low, page, before.target - page, before.access, before.origin);
    }
    if (after !== undefined) {
      this.#install(end, high, after.target - (end - 1), after.access, after.origin);
    }
  }

  /**
   * Drops every leaf that has a frame in the run, as a whole, as an IOTLB invalidation does.
   * @returns how many leaves were dropped
   */
  removeOverlapping(page: number, frames: number): number {
    const end = this.#checkedEnd(page, frames);
    const count = this.size;
    const after = this.#leafAcross(end);
    const low = this.#leafBefore(page)?.page ?? page;
    this.#clear(low, after === undefined ? end : after.page + after.frames);
    return count - this.size;
  }

  /** The tables from the root to where the walk for a frame ends, for people to read. */
  path(page: number): PathStep[] {
    const steps: PathStep[] = [];
    if (page >= this.#limit) return steps;
    let node = this.#root;
    for (let level = this.#top; level >= 0; level -= 1) {
      const index = Math.floor(page / slotFrames(level)) % NODE_SLOTS;
      const child: PageNode | undefined = node?.child(index);
      const leaf = node !== undefined && child === undefined && node.attributes(index) !== 0;
      steps.push({ level, index, present: leaf || child !== undefined, leaf });
      if (child === undefined) break;
      node = child;
    }
    return steps;
  }

  /** Calls `visit` for each leaf, ascending; the table must not be written meanwhile. */
  forEach(visit: LeafVisitor): void {
    if (this.#root !== undefined) visitLeaves(this.#root, this.#top, 0, visit);
  }

  clear(): void {
    this.#root = undefined;
  }

  #checkedEnd(page: number, frames: number): number {
    const end = page + frames;
    if (!(page >= 0 && frames >= 1 && end <= this.#limit)) {
      throw new RangeError(`Frames ${page} + ${frames} lie outside a table of ${this.#limit} frames.`);
    }
    return end;
  }

  /** The leaf that holds `page` and begins before it. */
  #leafBefore(page: number): Leaf | undefined {
    const leaf = emptyLeaf();
    return this.lookup(page, leaf) && leaf.page < page ? leaf : undefined;
  }

  /** The leaf that holds the frame before `end` and goes on beyond. */
  #leafAcross(end: number): Leaf | undefined {
    const leaf = emptyLeaf();
    return this.lookup(end - 1, leaf) && leaf.page + leaf.frames > end ? leaf : undefined;
  }

  #clear(from: number, end: number): void {
    if (this.#root === undefined) return;
    this.#root = clear(this.epoch, this.#root, this.#top, 0, from, end);
  }

  #install(from: number, end: number, delta: number, access: number, origin: number): void {
    const geometry = this.#geometry;
    const alignment = geometry.alignment(delta);
    const job = { epoch: this.epoch, geometry, delta, alignment, access, origin };
    this.#root = fill(job, this.#root, this.#top, 0, from, end);
  }
}
