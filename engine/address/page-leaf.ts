/** A leaf of a page table as the hardware sees it, filled by `PageTable.lookup`. */
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

export type LeafVisitor = (
  page: number,
  frames: number,
  targetPage: number,
  access: number,
  origin: number,
) => void;

/** 2^order by order, 0 to 52. */
const POWERS = Float64Array.from({ length: 53 }, (_, order) => 2 ** order);

/**
 * Everything about a run of leaves but its place and target, in one double with 52 bits in use, so that a
 * lookup touches one cache line; 0 means that there is none. The literals are on purpose, here and in the
 * walk: a division by a literal power of two compiles to a multiplication, one by a named constant does not.
 * @param order binary logarithm of the frames of the run, 0 to 52
 * @param leafOrder that of each of its leaves as the hardware has them, at most `order`
 * @param access 0 to 255
 * @param origin int32
 */
export function packAttributes(order: number, leafOrder: number, access: number, origin: number): number {
  return (((order + 1) << 14) | ((leafOrder + 1) << 8) | (access & 255)) * 0x1_0000_0000 + (origin >>> 0);
}

/** Frames of a run with these attributes. */
export function framesOf(attributes: number): number {
  return POWERS[(((attributes / 0x1_0000_0000) | 0) >>> 14) - 1]!;
}

/** Order of each leaf of a run. */
export function leafOrderOf(attributes: number): number {
  return ((((attributes / 0x1_0000_0000) | 0) >>> 8) & 63) - 1;
}

export function accessOf(attributes: number): number {
  return ((attributes / 0x1_0000_0000) | 0) & 255;
}

export function originOf(attributes: number): number {
  return (attributes - ((attributes / 0x1_0000_0000) | 0) * 0x1_0000_0000) | 0;
}

/** Frames of 2^order. */
export function framesOfOrder(order: number): number {
  return POWERS[order]!;
}
