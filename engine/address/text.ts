import { type Address, fromBytes, fromDecimal, PAGE_SIZE, toHex } from "./address.js";
import { lengthOf, type Range } from "./range.js";

/**
 * The address that hexadecimal digits write, exactly.
 * @param text digits of either case, with or without `0x`, no underscores
 * @returns `undefined` for anything else, and past 2^64 - 1
 */
export function parseHex(text: string): Address | undefined {
  const digits = text.replace(/^(?:0x)?0*/i, "");
  if (!/^[0-9a-f]{0,16}$/i.test(digits) || !/^[0-9a-f]$/i.test(text.slice(-1))) return undefined;
  return {
    page: Number.parseInt(`0${digits.slice(0, -3)}`, 16),
    offset: Number.parseInt(`0${digits.slice(-3)}`, 16),
  };
}

/**
 * The address that decimal digits write, exactly.
 * @param text digits without underscores
 * @returns `undefined` for anything else, and past 2^64 - 1
 */
export function parseDecimal(text: string): Address | undefined {
  const digits = text.replace(/^0*/, "");
  if (!/^[0-9]{0,20}$/.test(digits) || text === "") return undefined;
  return digits.length <= 15 ? fromBytes(Number(digits)) : fromDecimal(digits);
}

const UNITS = ["K", "M", "G", "T", "P"] as const;

/** A size as the language writes it: `4K`, `2M`, `1G` when that is exact and short, else hexadecimal. */
export function formatSize(bytes: Address): string {
  return wholeSize(bytes) ?? toHex(bytes);
}

/** `0x0 + 1G` when the length is a whole size, else `0x0..0xfff`, both ends inclusive. */
export function formatRange(range: Range): string {
  const length = lengthOf(range);
  const size = length && wholeSize(length);
  return size === undefined
    ? `${toHex(range.start)}..${toHex(range.last)}`
    : `${toHex(range.start)} + ${size}`;
}

/** The size in the largest unit that divides it; `undefined` when that takes more than five digits. */
function wholeSize(bytes: Address): string | undefined {
  if (bytes.offset % 1024 !== 0) return undefined;
  let count = bytes.page * (PAGE_SIZE / 1024) + bytes.offset / 1024;
  let unit = 0;
  while (count !== 0 && count % 1024 === 0 && unit < UNITS.length - 1) {
    count /= 1024;
    unit += 1;
  }
  return count === 0 || count >= 100_000 ? undefined : `${count}${UNITS[unit]}`;
}
