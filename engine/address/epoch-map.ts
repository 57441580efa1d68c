import { EpochNode, FAN_BITS, FAN_OUT } from "./epoch-map-node.js";

/** One past the largest key: 2^31. */
export const KEY_LIMIT = 2 ** 31;

/**
 * A sorted map from integers to values which forks in O(1): a fork is `own` with another epoch, and a
 * node that another epoch wrote is copied before the first write to it. For PASID keys its leaves are the
 * tables of the VT-d PASID directory (64 entries each). Only the handle of the current epoch is written.
 */
export class EpochMap<V> {
  readonly epoch: number;
  #root: EpochNode<V> | undefined;
  /** Key bits below a slot of the root: 0 for a leaf, and 6 more for each level above. */
  #shift: number;
  /** The largest key that the root spans. */
  #last: number;
  #size: number;

  private constructor(epoch: number, root: EpochNode<V> | undefined, shift: number, size: number) {
    this.epoch = epoch;
    this.#root = root;
    this.#shift = shift;
    this.#last = lastKey(shift);
    this.#size = size;
  }

  /** @param epoch positive integer that may write the map */
  static empty<V>(epoch: number): EpochMap<V> {
    return new EpochMap<V>(epoch, undefined, 0, 0);
  }

  /** This map when `epoch` owns it, else a handle with the same content that `epoch` may write; O(1). */
  own(epoch: number): EpochMap<V> {
    return epoch === this.epoch ? this : new EpochMap<V>(epoch, this.#root, this.#shift, this.#size);
  }

  /** Number of keys. */
  get size(): number {
    return this.#size;
  }

  /** The value of `key`; `undefined` when absent, also for a number that is no key. */
  get(key: number): V | undefined {
    let node = this.#root;
    if (node === undefined || !(key >= 0 && key <= this.#last)) return undefined;
    for (let shift = this.#shift; shift > 0; shift -= FAN_BITS) {
      node = node.slots[(key >>> shift) & (FAN_OUT - 1)] as EpochNode<V> | undefined;
      if (node === undefined) return undefined;
    }
    return node.slots[key & (FAN_OUT - 1)] as V | undefined;
  }

  has(key: number): boolean {
    return this.get(key) !== undefined;
  }

  /**
   * @param key integer, 0 to 2^31 - 1; anything else throws, because the caller has checked
   * @param value anything but `undefined`, which means absence
   */
  set(key: number, value: V): void {
    if (!(Number.isInteger(key) && key >= 0 && key < KEY_LIMIT)) throw new RangeError(`${key} is not a key.`);
    if (this.#root === undefined) {
      this.#setShift(0);
      this.#root = new EpochNode<V>(this.epoch);
      while (key > this.#last) this.#setShift(this.#shift + FAN_BITS);
    }
    while (key > this.#last) {
      const root = new EpochNode<V>(this.epoch);
      root.put(0, this.#root, this.#root.full);
      this.#root = root;
      this.#setShift(this.#shift + FAN_BITS);
    }
    this.#root = this.#put(this.#root, this.#shift, key, value);
  }

  /** Whether the key was present. */
  delete(key: number): boolean {
    if (this.#root === undefined || !this.has(key)) return false;
    this.#root = this.#take(this.#root, this.#shift, key);
    this.#size -= 1;
    return true;
  }

  /** The lowest absent key that is >= `from` and < `limit`. */
  lowestFree(from: number, limit: number): number | undefined {
    const start = Math.max(0, from);
    const end = Math.min(limit, KEY_LIMIT);
    if (start >= end) return undefined;
    let key = start;
    if (this.#root !== undefined && start <= this.#last) {
      key = free(this.#root, this.#shift, 0, start);
      if (key < 0) key = this.#last + 1;
    }
    return key < end ? key : undefined;
  }

  /** The entry with the lowest key >= `key`. */
  firstFrom(key: number): [key: number, value: V] | undefined {
    if (this.#root === undefined || key > this.#last) return undefined;
    const found = used(this.#root, this.#shift, 0, Math.max(0, Math.ceil(key)));
    return found < 0 ? undefined : [found, this.get(found) as V];
  }

  /** Keys with their values, ascending; the map must not be written meanwhile. */
  *entries(): IterableIterator<[key: number, value: V]> {
    if (this.#root !== undefined) yield* walk(this.#root, this.#shift, 0);
  }

  /** Calls `visit` for each entry, ascending; the map must not be written meanwhile. */
  forEach(visit: (value: V, key: number) => void): void {
    if (this.#root !== undefined) visitAll(this.#root, this.#shift, 0, visit);
  }

  #setShift(shift: number): void {
    this.#shift = shift;
    this.#last = lastKey(shift);
  }

  #put(shared: EpochNode<V>, shift: number, key: number, value: V): EpochNode<V> {
    const node = shared.writable(this.epoch);
    const slot = (key >>> shift) & (FAN_OUT - 1);
    if (shift === 0) {
      if (!node.uses(slot)) this.#size += 1;
      node.put(slot, value, true);
    } else {
      const below = (node.slots[slot] as EpochNode<V> | undefined) ?? new EpochNode<V>(this.epoch);
      const child = this.#put(below, shift - FAN_BITS, key, value);
      node.put(slot, child, child.full);
    }
    return node;
  }

  /** The node without a key that it holds; `undefined` when nothing is left of it. */
  #take(shared: EpochNode<V>, shift: number, key: number): EpochNode<V> | undefined {
    const node = shared.writable(this.epoch);
    const slot = (key >>> shift) & (FAN_OUT - 1);
    const child =
      shift === 0 ? undefined : this.#take(node.slots[slot] as EpochNode<V>, shift - FAN_BITS, key);
    if (child === undefined) node.take(slot);
    else node.put(slot, child, child.full);
    return node.empty ? undefined : node;
  }
}

/** The largest key below a root with this shift. */
function lastKey(shift: number): number {
  return Math.min(KEY_LIMIT, FAN_OUT * 2 ** shift) - 1;
}

/** Lowest free key >= `from` below a node whose first key is `base`, or -1. */
function free<V>(node: EpochNode<V>, shift: number, base: number, from: number): number {
  const first = from <= base ? 0 : Math.floor((from - base) / 2 ** shift);
  for (let slot = node.nextWithRoom(first); slot < FAN_OUT; slot = node.nextWithRoom(slot + 1)) {
    const start = base + slot * 2 ** shift;
    const child = node.slots[slot] as EpochNode<V> | undefined;
    if (shift === 0 || child === undefined) return Math.max(start, from);
    const key = free(child, shift - FAN_BITS, start, from);
    if (key >= 0) return key;
  }
  return -1;
}

/** Lowest key in use >= `from` below a node whose first key is `base`, or -1. */
function used<V>(node: EpochNode<V>, shift: number, base: number, from: number): number {
  const first = from <= base ? 0 : Math.floor((from - base) / 2 ** shift);
  for (let slot = node.nextUsed(first); slot < FAN_OUT; slot = node.nextUsed(slot + 1)) {
    const start = base + slot * 2 ** shift;
    if (shift === 0) return start;
    const key = used(node.slots[slot] as EpochNode<V>, shift - FAN_BITS, start, from);
    if (key >= 0) return key;
  }
  return -1;
}

function* walk<V>(node: EpochNode<V>, shift: number, base: number): IterableIterator<[number, V]> {
  for (let slot = node.nextUsed(0); slot < FAN_OUT; slot = node.nextUsed(slot + 1)) {
    const start = base + slot * 2 ** shift;
    if (shift === 0) yield [start, node.slots[slot] as V];
    else yield* walk(node.slots[slot] as EpochNode<V>, shift - FAN_BITS, start);
  }
}

function visitAll<V>(
  node: EpochNode<V>,
  shift: number,
  base: number,
  visit: (value: V, key: number) => void,
): void {
  for (let slot = node.nextUsed(0); slot < FAN_OUT; slot = node.nextUsed(slot + 1)) {
    const start = base + slot * 2 ** shift;
    if (shift === 0) visit(node.slots[slot] as V, start);
    else visitAll(node.slots[slot] as EpochNode<V>, shift - FAN_BITS, start, visit);
  }
}
