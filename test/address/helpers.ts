import fc from "fast-check";
import { type Address, fromBigInt, type Range, toBigInt } from "../../engine/address/index.js";

/** The address of an exact integer that is known to fit. */
export function at(value: bigint | number): Address {
  const address = fromBigInt(BigInt(value));
  if (address === undefined) throw new RangeError(`${value} does not fit 64 bits.`);
  return address;
}

/** First and last byte, both included. */
export function span(start: bigint | number, last: bigint | number): Range {
  return { start: at(start), last: at(last) };
}

export function bounds(range: Range): [bigint, bigint] {
  return [toBigInt(range.start), toBigInt(range.last)];
}

/** Any 64-bit address, with the corners more often than chance has them. */
export const anyAddress: fc.Arbitrary<Address> = fc
  .oneof(
    fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
    fc.constantFrom(0n, 1n, 4095n, 4096n, (1n << 32n) - 1n, 1n << 32n, (1n << 64n) - 4096n, (1n << 64n) - 1n),
  )
  .map(at);

/** Ranges in a few small clusters, one of them at each end of the space, so that they meet often. */
export const clusteredRange: fc.Arbitrary<Range> = fc
  .tuple(
    fc.constantFrom(0n, 4000n, 1n << 31n, 1n << 44n, (1n << 64n) - 65536n),
    fc.bigInt({ min: 0n, max: 30000n }),
    fc.oneof(fc.bigInt({ min: 1n, max: 64n }), fc.bigInt({ min: 1n, max: 20000n })),
  )
  .map(([base, offset, length]) => span(base + offset, base + offset + length - 1n));
