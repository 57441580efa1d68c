import { clear, fill } from "./page-edit.js";
import { PageGeometry, slotFrames } from "./page-geometry.js";
import {
  accessOf,
  emptyLeaf,
  framesOf,
  framesOfOrder,
  type Leaf,
  type LeafVisitor,
  leafOrderOf,
  originOf,
} from "./page-leaf.js";
import { LIST_STRIDE, type PageNode } from "./page-node.js";
import { type PathStep, pathTo } from "./page-path.js";
import { type Run, runAt } from "./page-run.js";

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
    return new PageTable(epoch, PageGeometry.of(width, leafSizes), undefined);
  }

  /** This table when `epoch` owns it, else a handle with the same content that `epoch` may write; O(1). */
  own(epoch: number): PageTable {
    return epoch === this.epoch ? this : new PageTable(epoch, this.#geometry, this.#root);
  }

  /** Number of runs of leaves that are stored, each of a power of two frames. */
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
    if (node === undefined || !(page < this.#limit)) return false;
    // Integer shifts need 32 bits: an upper half of 25 bits, and a lower one of 27, which is three levels.
    const upper = (page / 0x800_0000) | 0;
    const lower = (page - upper * 0x800_0000) | 0;
    for (let shift = this.#top * 9; ; shift -= 9) {
      const list: number[] | undefined = node.list;
      if (list !== undefined) return this.#lookupList(list, page, out);
      const slot = (shift >= 27 ? upper >>> (shift - 27) : lower >>> shift) & 511;
      if (shift > 0) {
        const child: PageNode | undefined = node.children[slot];
        if (child !== undefined) {
          node = child;
          continue;
        }
      }
      const cells: Float64Array = node.cells;
      if (cells.length === 0) return false;
      const attributes = cells[slot * 2 + 1]!;
      if (attributes === 0) return false;
      let inside = lower & ((1 << shift) - 1);
      if (shift > 27) inside = (upper & ((1 << (shift - 27)) - 1)) * 0x800_0000 + lower;
      this.#fillLeaf(page, cells[slot * 2]! + inside, attributes, out);
      return true;
    }
  }

  /** The leaf of a run that holds a frame: the block of the leaf's size around it. */
  #fillLeaf(page: number, target: number, attributes: number, out: Leaf): void {
    const order = leafOrderOf(attributes);
    const frames = framesOfOrder(order);
    out.page = order === 0 ? page : Math.floor(page / frames) * frames;
    out.frames = frames;
    out.target = target;
    out.access = accessOf(attributes);
    out.origin = originOf(attributes);
    out.level = order < 9 ? 0 : this.#geometry.levelOf(order);
  }

  #lookupList(list: number[], page: number, out: Leaf): boolean {
    let at = list.length - LIST_STRIDE;
    while (at >= 0 && list[at]! > page) at -= LIST_STRIDE;
    if (at < 0) return false;
    const first = list[at]!;
    const attributes = list[at + 2]!;
    if (page - first >= framesOf(attributes)) return false;
    this.#fillLeaf(page, list[at + 1]! + (page - first), attributes, out);
    return true;
  }

  /** Frames from one that is mapped to the end of the run of leaves that it is stored with, itself included. */
  runLeft(page: number): number {
    const run = runAt(this.#root, this.#top, page);
    return run === undefined ? 0 : run.page + run.frames - page;
  }

  /**
   * Maps a run of frames with the largest leaves that the alignment of both sides allows; it replaces what
   * is there, and splits the leaves at its ends. What is stored does not grow with the number of leaves.
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
    const before = runAt(this.#root, this.#top, page);
    const after = runAt(this.#root, this.#top, end - 1);
    const low = before?.page ?? page;
    const high = after === undefined ? end : after.page + after.frames;
    this.#clear(low, high);
    if (before !== undefined && low < page) this.#restore(before, low, page);
    if (after !== undefined && high > end) this.#restore(after, end, high);
  }

  /** Installs a part of a run that an edit cut. */
  #restore(run: Run, from: number, end: number): void {
    this.#install(from, end, run.target - run.page, accessOf(run.attributes), originOf(run.attributes));
  }

  /**
   * Drops every leaf that has a frame in the run, as a whole, as an IOTLB invalidation does.
   */
  removeOverlapping(page: number, frames: number): void {
    const end = this.#checkedEnd(page, frames);
    const leaf = emptyLeaf();
    const low = this.lookup(page, leaf) ? leaf.page : page;
    const high = this.lookup(end - 1, leaf) ? leaf.page + leaf.frames : end;
    this.unmap(low, high - low);
  }

  /** The tables from the root to where the walk for a frame ends, for people to read. */
  path(page: number): PathStep[] {
    const leaf = emptyLeaf();
    return pathTo(this.#root, this.#geometry, page, this.lookup(page, leaf) ? leaf : undefined);
  }

  /** Calls `visit` for each stored run of leaves, ascending; the table must not be written meanwhile. */
  forEach(visit: LeafVisitor): void {
    this.#root?.forEach(slotFrames(this.#top), 0, (page, target, attributes) => {
      visit(page, framesOf(attributes), target, accessOf(attributes), originOf(attributes));
    });
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
