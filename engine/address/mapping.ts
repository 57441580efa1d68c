import type { Address } from "./address.js";
import type { Range } from "./range.js";

/** One mapping of an address space, as one MAP call made it, or what an unmap of a guest left of it. */
export interface Mapping extends Range {
  /** Where the first byte of the range leads. */
  readonly target: Address;
  /** Access bits, 0 to 255. */
  readonly access: number;
  /** The statement that made it, an int32. */
  readonly origin: number;
}

interface MutableAddress {
  page: number;
  offset: number;
}

/** A mapping that a caller owns and `RangeMap.locate` fills, so that a hot path allocates nothing. */
export interface MutableMapping {
  readonly start: MutableAddress;
  readonly last: MutableAddress;
  readonly target: MutableAddress;
  access: number;
  origin: number;
}

export function emptyMapping(): MutableMapping {
  return {
    start: { page: 0, offset: 0 },
    last: { page: 0, offset: 0 },
    target: { page: 0, offset: 0 },
    access: 0,
    origin: 0,
  };
}
