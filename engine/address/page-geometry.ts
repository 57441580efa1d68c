import { framesOfOrder } from "./page-leaf.js";
import { isMultiple, NODE_BITS } from "./page-node.js";

/** What never changes about a page table: its levels and the leaves it may have in each. */
export class PageGeometry {
  readonly levels: number;
  /** One past the largest frame. */
  readonly limit: number;
  /** Orders (binary logarithms of frames) of all leaves, descending. */
  readonly #leafOrders: readonly number[];
  /**
   * Orders of the runs that are stored, descending: those of the leaves, and a whole slot of every level,
   * so that a large run costs little whatever leaves its alignment allows.
   */
  readonly orders: readonly number[];
  /** Those of each level. */
  readonly ordersAt: readonly (readonly number[])[];

  /** Shapes made so far; a host has a few, and thousands of tables of each. */
  static readonly #known = new Map<string, PageGeometry>();

  /**
   * The geometry of a shape, shared by all tables that have it.
   * @param width bits of an input address, 30 to 64
   * @param leafSizes frames of the allowed leaves, ascending powers of two
   */
  static of(width: number, leafSizes: readonly number[]): PageGeometry {
    const key = `${width} ${leafSizes.join(" ")}`;
    const known = PageGeometry.#known.get(key);
    if (known !== undefined) return known;
    const geometry = new PageGeometry(width, leafSizes);
    PageGeometry.#known.set(key, geometry);
    return geometry;
  }

  private constructor(width: number, leafSizes: readonly number[]) {
    this.levels = Math.max(1, Math.ceil((width - 12) / NODE_BITS));
    this.limit = 2 ** (width - 12);
    // Single frames are always there, for what is left over when part of the smallest leaf goes.
    this.#leafOrders = [...new Set([1, ...leafSizes])]
      .map((size) => Math.log2(size))
      .filter((order) => order <= width - 12)
      .sort((a, b) => b - a);
    const slots = Array.from({ length: this.levels }, (_, level) => level * NODE_BITS);
    this.orders = [...new Set([...this.#leafOrders, ...slots])].sort((a, b) => b - a);
    this.ordersAt = Array.from({ length: this.levels }, (_, level) =>
      this.orders.filter((order) => this.levelOf(order) === level),
    );
  }

  /** Level of the table that holds a leaf of this order. */
  levelOf(order: number): number {
    return Math.min(this.levels - 1, Math.floor(order / NODE_BITS));
  }

  /** The largest order of any leaf whose target may be `delta` frames away. */
  alignment(delta: number): number {
    // It ends: the last order is that of a single frame.
    let at = 0;
    while (!isMultiple(delta, framesOfOrder(this.#leafOrders[at]!))) at += 1;
    return this.#leafOrders[at]!;
  }

  /** The largest order of a leaf in a run of `order` frames that is aligned for `alignment`. */
  leafOrder(order: number, alignment: number): number {
    return this.#leafOrders.find((leaf) => leaf <= order && leaf <= alignment)!;
  }
}

/** Frames of one slot of a table at `level`. */
export function slotFrames(level: number): number {
  return framesOfOrder(level * NODE_BITS);
}
