import type { Address } from "../../address/address.js";

const SHIFTS: Readonly<Record<string, number>> = { K: 10, M: 20, G: 30, T: 40, P: 50 };

/** The two halves of a 64-bit number in the making. */
interface Halves {
  high: number;
  low: number;
}

const HALF = 2 ** 32;

/** value * factor + digit, or false when the result passes 64 bits. `factor` is at most 2^16. */
function push(value: Halves, factor: number, digit: number): boolean {
  const low = value.low * factor + digit;
  const carry = Math.floor(low / HALF);
  value.low = low - carry * HALF;
  value.high = value.high * factor + carry;
  return value.high < HALF;
}

/**
 * The value of a well-formed number.
 * @param text `0x…` in lower case or decimal, with any `_`, and at most one of K M G T P at its end
 * @returns `undefined` when it passes 2^64 - 1
 */
export function numberValue(text: string): Address | undefined {
  const shift = SHIFTS[text.charAt(text.length - 1)] ?? 0;
  const end = shift === 0 ? text.length : text.length - 1;
  const hex = text.charCodeAt(1) === 0x78;
  const base = hex ? 16 : 10;
  const value: Halves = { high: 0, low: 0 };
  for (let i = hex ? 2 : 0; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5f) continue;
    if (!push(value, base, code < 0x3a ? code - 0x30 : code - 0x57)) return undefined;
  }
  for (let left = shift; left > 0; left -= 10) {
    if (!push(value, 1024, 0)) return undefined;
  }
  return { page: value.high * 2 ** 20 + Math.floor(value.low / 4096), offset: value.low % 4096 };
}
