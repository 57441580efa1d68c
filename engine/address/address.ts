/**
 * A 64-bit address as two numbers that JavaScript holds exactly: a page frame number and an offset.
 * A 64-bit integer does not fit a double, but a 52-bit frame number does, and frames are what page
 * tables, PASID tables and IOTLBs deal in.
 */
export interface Address {
  /** Page frame number, 0 to 2^52 - 1: the address divided by 4096. */
  readonly page: number;
  /** Byte within the frame, 0 to 4095. */
  readonly offset: number;
}

/** Bytes of a page frame. */
export const PAGE_SIZE = 4096;

/** One past the largest frame number: 2^52. */
export const PAGE_LIMIT = 2 ** 52;

export const ZERO: Address = { page: 0, offset: 0 };

/** The largest 64-bit address, 0xffff_ffff_ffff_ffff. */
export const MAX_ADDRESS: Address = { page: PAGE_LIMIT - 1, offset: PAGE_SIZE - 1 };

/**
 * The address of a byte count that a double holds exactly.
 * @param bytes 0 to 2^53 - 1
 */
export function fromBytes(bytes: number): Address {
  const page = Math.floor(bytes / PAGE_SIZE);
  return { page, offset: bytes - page * PAGE_SIZE };
}

/** Bytes of an address as a double; exact below 2^53, for sizes and never for addresses beyond. */
export function toBytes(address: Address): number {
  return address.page * PAGE_SIZE + address.offset;
}

/** Negative, zero or positive as `a` lies before, at or after `b`. */
export function compare(a: Address, b: Address): number {
  return a.page - b.page || a.offset - b.offset;
}

export function equal(a: Address, b: Address): boolean {
  return a.page === b.page && a.offset === b.offset;
}

/** a + b, or `undefined` when the sum passes 2^64 - 1. */
export function add(a: Address, b: Address): Address | undefined {
  let offset = a.offset + b.offset;
  let page = a.page + b.page;
  if (offset >= PAGE_SIZE) {
    offset -= PAGE_SIZE;
    page += 1;
  }
  return page < PAGE_LIMIT ? { page, offset } : undefined;
}

/** a - b; the caller knows that b <= a. */
export function subtract(a: Address, b: Address): Address {
  const offset = a.offset - b.offset;
  return offset < 0
    ? { page: a.page - b.page - 1, offset: offset + PAGE_SIZE }
    : { page: a.page - b.page, offset };
}

/** a + 1; the caller knows that a is not the last address. */
export function next(a: Address): Address {
  return a.offset === PAGE_SIZE - 1
    ? { page: a.page + 1, offset: 0 }
    : { page: a.page, offset: a.offset + 1 };
}

/** a - 1; the caller knows that a is not zero. */
export function previous(a: Address): Address {
  return a.offset === 0
    ? { page: a.page - 1, offset: PAGE_SIZE - 1 }
    : { page: a.page, offset: a.offset - 1 };
}

export function min(a: Address, b: Address): Address {
  return compare(a, b) <= 0 ? a : b;
}

export function max(a: Address, b: Address): Address {
  return compare(a, b) >= 0 ? a : b;
}

/** Lower-case hexadecimal with `0x` and no grouping, as kernel logs print an address. */
export function toHex(address: Address): string {
  return address.page === 0
    ? `0x${address.offset.toString(16)}`
    : `0x${address.page.toString(16)}${address.offset.toString(16).padStart(3, "0")}`;
}

/** The exact integer; the one door to `BigInt`, for oracles and for decimal text, never for a walk. */
export function toBigInt(address: Address): bigint {
  return BigInt(address.page) * 4096n + BigInt(address.offset);
}

/** @param value 0 to 2^64 - 1; anything else gives `undefined` */
export function fromBigInt(value: bigint): Address | undefined {
  if (value < 0n || value >= 1n << 64n) return undefined;
  return { page: Number(value >> 12n), offset: Number(value & 4095n) };
}

/**
 * @param digits decimal digits, at most 20 of them
 * @returns `undefined` past 2^64 - 1
 */
export function fromDecimal(digits: string): Address | undefined {
  return fromBigInt(BigInt(digits));
}
