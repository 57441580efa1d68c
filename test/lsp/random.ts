/** Numbers that look random and are the same in each run. */
export class Random {
  /** @param state any whole number */
  constructor(private state: number) {}

  /** A whole number from 0 up to but not including `limit`. */
  below(limit: number): number {
    // mulberry32: one state of 32 bits, well mixed.
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }
}
