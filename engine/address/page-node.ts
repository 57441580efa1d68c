import { framesOf } from "./page-leaf.js";

/** Slots of a table: 9 address bits per level. */
export const NODE_SLOTS = 512;
export const NODE_BITS = 9;

/** A subtree is a list of its leaves up to this many, and a table with 512 slots beyond. */
export const LIST_LIMIT = 16;
/** A table becomes a list again when so few leaves are left; lower, so that it does not flip back and forth. */
export const LIST_AGAIN = 8;

/** Numbers per leaf of a list: first frame, target frame, packed attributes. */
export const LIST_STRIDE = 3;

const NO_CELLS = new Float64Array(0);
const NO_CHILDREN: (PageNode | undefined)[] = [];

/** Sees a stored run: its first frame, the target of that, and its packed attributes. */
export type RunVisitor = (page: number, target: number, attributes: number) => void;

/**
 * A subtree of a page table, in one of two forms. A list holds a few runs of leaves, wherever they lie below, so
 * that a lonely mapping does not cost a table per level. A table has slots, and a slot holds a child, a
 * leaf, or nothing; a leaf larger than a slot repeats in each slot it covers, with the target of that
 * slot and the order of the whole.
 */
export class PageNode {
  /** The epoch that may write this node in place. */
  readonly epoch: number;
  /** Leaves below this node, a repeated one counted once. */
  leaves = 0;
  /** The leaves of a list, ascending; `undefined` in a table. */
  list: number[] | undefined;
  /** Children by slot; without elements in a list and in the lowest level. */
  children: (PageNode | undefined)[];
  /** Target frame and packed attributes of leaves, two per slot; without elements until there is one. */
  cells: Float64Array = NO_CELLS;

  private constructor(epoch: number, list: number[] | undefined, children: (PageNode | undefined)[]) {
    this.epoch = epoch;
    this.list = list;
    this.children = children;
  }

  /** @param list first frame, target and attributes of each leaf, ascending */
  static list(epoch: number, list: number[]): PageNode {
    const node = new PageNode(epoch, list, NO_CHILDREN);
    node.leaves = list.length / LIST_STRIDE;
    return node;
  }

  static table(epoch: number, level: number): PageNode {
    if (level > 0) return new PageNode(epoch, undefined, new Array<undefined>(NODE_SLOTS).fill(undefined));
    const node = new PageNode(epoch, undefined, NO_CHILDREN);
    node.cells = new Float64Array(NODE_SLOTS * 2);
    return node;
  }

  /** This node when `epoch` owns it, else a copy which it owns; children stay shared. */
  writable(epoch: number): PageNode {
    if (this.epoch === epoch) return this;
    const children = this.children === NO_CHILDREN ? NO_CHILDREN : this.children.slice();
    const copy = new PageNode(epoch, this.list?.slice(), children);
    copy.leaves = this.leaves;
    if (this.cells !== NO_CELLS) copy.cells = this.cells.slice();
    return copy;
  }

  /** Index in a list of the first leaf that ends after `page`; the length of the list when none does. */
  listIndex(page: number): number {
    const list = this.list!;
    let at = 0;
    while (at < list.length && list[at]! + framesOf(list[at + 2]!) <= page) at += LIST_STRIDE;
    return at;
  }

  child(slot: number): PageNode | undefined {
    return this.children === NO_CHILDREN ? undefined : this.children[slot];
  }

  /** Target frame of a leaf that is there. */
  target(slot: number): number {
    return this.cells[slot * 2]!;
  }

  /** Packed attributes of the leaf in a slot; 0 when there is none. */
  attributes(slot: number): number {
    return this.cells === NO_CELLS ? 0 : this.cells[slot * 2 + 1]!;
  }

  /** The first slot of a table in use from `slot` to `last`, both included; 512 when there is none. */
  nextUsed(slot: number, last: number): number {
    const { children, cells } = this;
    for (let at = slot; at <= last; at += 1) {
      if (children !== NO_CHILDREN && children[at] !== undefined) return at;
      if (cells !== NO_CELLS && cells[at * 2 + 1] !== 0) return at;
    }
    return NODE_SLOTS;
  }

  /** Puts a leaf, or a part of one, into a free slot of a table. */
  putLeaf(slot: number, target: number, attributes: number): void {
    if (this.cells === NO_CELLS) this.cells = new Float64Array(NODE_SLOTS * 2);
    this.cells[slot * 2] = target;
    this.cells[slot * 2 + 1] = attributes;
  }

  /** Empties a slot of a table. */
  drop(slot: number): void {
    if (this.children !== NO_CHILDREN) this.children[slot] = undefined;
    if (this.cells !== NO_CELLS) this.cells[slot * 2 + 1] = 0;
  }

  /**
   * Calls `visit` for each leaf below, ascending.
   * @param unit frames of a slot of this table
   * @param base first frame of this table
   */
  forEach(unit: number, base: number, visit: RunVisitor): void {
    const { list } = this;
    if (list !== undefined) {
      for (let at = 0; at < list.length; at += LIST_STRIDE) {
        visit(list[at]!, list[at + 1]!, list[at + 2]!);
      }
      return;
    }
    const last = NODE_SLOTS - 1;
    for (let slot = this.nextUsed(0, last); slot <= last; slot = this.nextUsed(slot + 1, last)) {
      const slotBase = base + slot * unit;
      const child = this.child(slot);
      if (child !== undefined) {
        child.forEach(unit / NODE_SLOTS, slotBase, visit);
        continue;
      }
      const attributes = this.attributes(slot);
      if (isMultiple(slotBase, framesOf(attributes))) visit(slotBase, this.target(slot), attributes);
    }
  }
}

/** Whether a frame number is a multiple of a power of two; the `%` of large doubles is slow. */
export function isMultiple(frames: number, size: number): boolean {
  const quotient = frames / size;
  return Math.floor(quotient) === quotient;
}
