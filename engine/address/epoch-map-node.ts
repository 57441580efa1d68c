/** Children of a node: 64, so that a leaf holds exactly what a VT-d PASID table holds (PASID[5:0]). */
export const FAN_OUT = 64;
/** Key bits that one level resolves. */
export const FAN_BITS = 6;

/**
 * A node of an `EpochMap`. Two 64-bit masks, each in two 32-bit halves, say which slots are in use and
 * which of them have no free key below, so that a search skips a dense subtree in one step.
 */
export class EpochNode<V> {
  /** The epoch that may write this node in place. */
  readonly epoch: number;
  /** Child nodes, or the values themselves in a leaf. */
  readonly slots: (EpochNode<V> | V | undefined)[];
  usedLow = 0;
  usedHigh = 0;
  fullLow = 0;
  fullHigh = 0;

  constructor(epoch: number, slots?: (EpochNode<V> | V | undefined)[]) {
    this.epoch = epoch;
    this.slots = slots ?? new Array<undefined>(FAN_OUT).fill(undefined);
  }

  /** This node when `epoch` owns it, else a copy which it owns; children stay shared. */
  writable(epoch: number): EpochNode<V> {
    if (this.epoch === epoch) return this;
    const copy = new EpochNode<V>(epoch, this.slots.slice());
    copy.usedLow = this.usedLow;
    copy.usedHigh = this.usedHigh;
    copy.fullLow = this.fullLow;
    copy.fullHigh = this.fullHigh;
    return copy;
  }

  uses(slot: number): boolean {
    return (((slot < 32 ? this.usedLow : this.usedHigh) >>> (slot & 31)) & 1) !== 0;
  }

  /** Whether every key below this node is present. */
  get full(): boolean {
    return (this.fullLow & this.fullHigh) === -1;
  }

  get empty(): boolean {
    return (this.usedLow | this.usedHigh) === 0;
  }

  /** Puts a value or a child into a slot; `full` says whether no key below the slot is free. */
  put(slot: number, content: EpochNode<V> | V, full: boolean): void {
    this.slots[slot] = content;
    const bit = 1 << (slot & 31);
    if (slot < 32) {
      this.usedLow |= bit;
      this.fullLow = full ? this.fullLow | bit : this.fullLow & ~bit;
    } else {
      this.usedHigh |= bit;
      this.fullHigh = full ? this.fullHigh | bit : this.fullHigh & ~bit;
    }
  }

  take(slot: number): void {
    this.slots[slot] = undefined;
    const keep = ~(1 << (slot & 31));
    if (slot < 32) {
      this.usedLow &= keep;
      this.fullLow &= keep;
    } else {
      this.usedHigh &= keep;
      this.fullHigh &= keep;
    }
  }

  /** First slot at or after `slot` that is in use, or 64. */
  nextUsed(slot: number): number {
    return lowestBit(this.usedLow, this.usedHigh, slot);
  }

  /** First slot at or after `slot` with a free key below, or 64. */
  nextWithRoom(slot: number): number {
    return lowestBit(~this.fullLow, ~this.fullHigh, slot);
  }
}

/** The lowest set bit at or after `from` of a 64-bit mask in two halves, or 64. */
function lowestBit(low: number, high: number, from: number): number {
  if (from < 32) {
    const bits = low & (-1 << from);
    if (bits !== 0) return 31 - Math.clz32(bits & -bits);
  }
  if (from >= FAN_OUT) return FAN_OUT;
  const bits = from <= 32 ? high : high & (-1 << (from - 32));
  return bits === 0 ? FAN_OUT : 63 - Math.clz32(bits & -bits);
}
