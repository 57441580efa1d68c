/** Slots of a node: 9 address bits per level. */
export const NODE_SLOTS = 512;
export const NODE_BITS = 9;

/** A node keeps a sorted list of its slots up to this many, and an array of all 512 beyond. */
const SPARSE_LIMIT = 16;
/** A dense node goes back to a list when this few are left; lower, so that it does not flip back and forth. */
const SPARSE_AGAIN = 8;

const NO_CELLS = new Float64Array(0);
const NO_CHILDREN: (PageNode | undefined)[] = [];

const TWO_32 = 2 ** 32;

/**
 * Everything about a leaf but its target, in one double with 46 bits in use, so that a lookup touches one
 * cache line; 0 means that there is no leaf.
 * @param order binary logarithm of the frames of the leaf, 0 to 52
 * @param access 0 to 255
 * @param origin int32
 */
export function packAttributes(order: number, access: number, origin: number): number {
  return (((order + 1) << 8) | (access & 255)) * TWO_32 + (origin >>> 0);
}

/** Order and access of packed attributes: `(order + 1) << 8 | access`. */
export function attributeBits(attributes: number): number {
  return Math.floor(attributes / TWO_32);
}

export function originOf(attributes: number): number {
  return (attributes % TWO_32) | 0;
}

export function orderOf(attributes: number): number {
  return (attributeBits(attributes) >>> 8) - 1;
}

/**
 * A table of a page table. A slot holds a child, a leaf, or nothing. A leaf larger than a slot repeats in
 * each slot it covers, with the target of that slot and the order of the whole.
 */
export class PageNode {
  /** The epoch that may write this node in place. */
  readonly epoch: number;
  /** Leaves below this node, a repeated one counted once. */
  leaves = 0;
  /** Slots in use. */
  used = 0;
  /** Slots in use, ascending, when the node is sparse; the other columns are then parallel to it. */
  slots: number[] | undefined = [];
  /** Children by slot or parallel to `slots`; without elements in the lowest level. */
  children: (PageNode | undefined)[];
  /** Target frame and packed attributes, two per slot; without elements until there is a leaf. */
  cells: Float64Array = NO_CELLS;

  /** @param interior whether the node can have children */
  constructor(epoch: number, interior: boolean) {
    this.epoch = epoch;
    this.children = interior ? [] : NO_CHILDREN;
  }

  /** This node when `epoch` owns it, else a copy which it owns; children stay shared. */
  writable(epoch: number): PageNode {
    if (this.epoch === epoch) return this;
    const copy = new PageNode(epoch, this.children !== NO_CHILDREN);
    copy.leaves = this.leaves;
    copy.used = this.used;
    copy.slots = this.slots?.slice();
    if (this.children !== NO_CHILDREN) copy.children = this.children.slice();
    if (this.cells !== NO_CELLS) copy.cells = this.cells.slice();
    return copy;
  }

  /** Where the columns hold a slot; -1 when a sparse node does not have it. */
  position(slot: number): number {
    return this.slots === undefined ? slot : this.slots.indexOf(slot);
  }

  child(slot: number): PageNode | undefined {
    const at = this.position(slot);
    return at < 0 || at >= this.children.length ? undefined : this.children[at];
  }

  /** Target frame of a leaf that is there. */
  target(slot: number): number {
    return this.cells[this.position(slot) * 2]!;
  }

  /** Packed attributes of the leaf in a slot; 0 when there is none. */
  attributes(slot: number): number {
    const at = this.position(slot);
    return at < 0 || this.cells === NO_CELLS ? 0 : this.cells[at * 2 + 1]!;
  }

  /** The first slot in use at or after `slot`, or 512. */
  nextUsed(slot: number): number {
    if (this.slots !== undefined) {
      for (const used of this.slots) if (used >= slot) return used;
      return NODE_SLOTS;
    }
    const { children, cells } = this;
    for (let at = slot; at < NODE_SLOTS; at += 1) {
      if (children !== NO_CHILDREN && children[at] !== undefined) return at;
      if (cells !== NO_CELLS && cells[at * 2 + 1] !== 0) return at;
    }
    return NODE_SLOTS;
  }

  /** Puts a child into a slot that is free or holds a child. */
  putChild(slot: number, child: PageNode): void {
    this.children[this.#claim(slot)] = child;
  }

  /** Puts a leaf, or its part, into a free slot. */
  putLeaf(slot: number, target: number, attributes: number): void {
    const at = this.#claim(slot);
    if (this.cells.length <= at * 2) this.#growCells(at + 1);
    this.cells[at * 2] = target;
    this.cells[at * 2 + 1] = attributes;
  }

  /** Empties a slot that is in use. */
  drop(slot: number): void {
    const at = this.position(slot);
    this.used -= 1;
    if (this.slots === undefined) {
      if (this.children !== NO_CHILDREN) this.children[at] = undefined;
      if (this.cells !== NO_CELLS) this.cells[at * 2 + 1] = 0;
      return;
    }
    this.slots.splice(at, 1);
    if (this.children !== NO_CHILDREN) this.children.splice(at, 1);
    if (this.cells !== NO_CELLS) {
      this.cells.copyWithin(at * 2, at * 2 + 2);
      this.cells.fill(0, this.used * 2);
    }
  }

  /** Takes the form that suits `more` further slots. */
  expect(more: number): void {
    if (this.slots !== undefined && this.used + more > SPARSE_LIMIT) this.#makeDense();
  }

  /** Goes back to the sparse form when little is left. */
  shrink(): void {
    if (this.slots !== undefined || this.used > SPARSE_AGAIN) return;
    const slots: number[] = [];
    for (let slot = this.nextUsed(0); slot < NODE_SLOTS; slot = this.nextUsed(slot + 1)) slots.push(slot);
    if (this.children !== NO_CHILDREN) this.children = slots.map((slot) => this.children[slot]);
    if (this.cells !== NO_CELLS) {
      const cells = new Float64Array(slots.length * 2);
      slots.forEach((slot, at) => {
        cells.set(this.cells.subarray(slot * 2, slot * 2 + 2), at * 2);
      });
      this.cells = cells;
    }
    this.slots = slots;
  }

  /** The position of a slot, which becomes one in use. */
  #claim(slot: number): number {
    const at = this.position(slot);
    if (this.slots === undefined) {
      const free =
        (this.children === NO_CHILDREN || this.children[at] === undefined) &&
        (this.cells === NO_CELLS || this.cells[at * 2 + 1] === 0);
      if (free) this.used += 1;
      return at;
    }
    if (at >= 0) return at;
    if (this.used === SPARSE_LIMIT) {
      this.#makeDense();
      this.used += 1;
      return slot;
    }
    return this.#insert(this.slots, slot);
  }

  #insert(slots: number[], slot: number): number {
    let at = slots.length;
    while (at > 0 && slots[at - 1]! > slot) at -= 1;
    slots.splice(at, 0, slot);
    if (this.children !== NO_CHILDREN) this.children.splice(at, 0, undefined);
    this.used += 1;
    if (this.cells !== NO_CELLS) {
      this.#growCells(this.used);
      this.cells.copyWithin(at * 2 + 2, at * 2, (this.used - 1) * 2);
      this.cells.fill(0, at * 2, at * 2 + 2);
    }
    return at;
  }

  /** Makes room for the cells of `count` slots, and for all slots in the dense form. */
  #growCells(count: number): void {
    if (this.cells.length >= count * 2) return;
    let capacity = this.slots === undefined ? NODE_SLOTS : Math.max(1, this.cells.length / 2);
    while (capacity < count || capacity < this.used) capacity *= 2;
    const cells = new Float64Array(capacity * 2);
    cells.set(this.cells);
    this.cells = cells;
  }

  #makeDense(): void {
    const slots = this.slots!;
    this.slots = undefined;
    if (this.children !== NO_CHILDREN) {
      const sparse = this.children;
      this.children = new Array<undefined>(NODE_SLOTS).fill(undefined);
      slots.forEach((slot, at) => {
        this.children[slot] = sparse[at];
      });
    }
    if (this.cells !== NO_CELLS || this.children === NO_CHILDREN) {
      const sparse = this.cells;
      this.cells = new Float64Array(NODE_SLOTS * 2);
      slots.forEach((slot, at) => {
        this.cells.set(sparse.subarray(at * 2, at * 2 + 2), slot * 2);
      });
    }
  }
}
