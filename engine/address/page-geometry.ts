import { NODE_BITS, NODE_SLOTS } from "./page-node.js";

/** A leaf of a page table, filled by `PageTable.lookup`. */
export interface Leaf {
  /** First frame of the leaf. */
  page: number;
  /** Frames of the leaf. */
  frames: number;
  /** Target frame of the frame that was asked for. */
  target: number;
  access: number;
  origin: number;
  /** Level of the table that holds the leaf, 0 for the one with single frames. */
  level: number;
}

export function emptyLeaf(): Leaf {
  return { page: 0, frames: 0, target: 0, access: 0, origin: 0, level: 0 };
}

/** One table on the way from the root towards a frame. */
export interface PathStep {
  readonly level: number;
  /** Slot of the table, 0 to 511. */
  readonly index: number;
  /** Whether the slot holds a table or a leaf. */
  readonly present: boolean;
  readonly leaf: boolean;
}

/** What never changes about a page table: its levels and the leaves it may have in each. */
export class PageGeometry {
  readonly levels: number;
  /** One past the largest frame. */
  readonly limit: number;
  /** For each level the orders (binary logarithms of frames) of its leaves, descending. */
  readonly orders: readonly (readonly number[])[];

  /**
   * @param width bits of an input address, 30 to 64
   * @param leafSizes frames of the allowed leaves, ascending powers of two
   */
  constructor(width: number, leafSizes: readonly number[]) {
    this.levels = Math.max(1, Math.ceil((width - 12) / NODE_BITS));
    this.limit = 2 ** (width - 12);
    const orders = Array.from({ length: this.levels }, (): number[] => []);
    // Single frames are always there, for what is left over when part of the smallest leaf goes.
    for (const size of new Set([1, ...leafSizes])) {
      const order = Math.log2(size);
      if (order <= width - 12) orders[Math.min(this.levels - 1, Math.floor(order / NODE_BITS))]!.push(order);
    }
    for (const list of orders) list.sort((a, b) => b - a);
    this.orders = orders;
  }

  /** The largest order of any leaf whose target may be `delta` frames away. */
  alignment(delta: number): number {
    for (let level = this.levels - 1; level >= 0; level -= 1) {
      for (const order of this.orders[level]!) if (isMultiple(delta, 2 ** order)) return order;
    }
    return 0;
  }
}

/** Frames of one slot of a table at `level`. */
export function slotFrames(level: number): number {
  return NODE_SLOTS ** level;
}

/** Whether a frame number is a multiple of a power of two; the `%` of large doubles is slow. */
export function isMultiple(frames: number, size: number): boolean {
  const quotient = frames / size;
  return Math.floor(quotient) === quotient;
}
