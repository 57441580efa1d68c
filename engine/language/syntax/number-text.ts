import { type Address, fromBytes, PAGE_SIZE } from "../../address/index.js";

const UNDERSCORE = 0x5f;
const LETTER_X = 0x78;
const NINE = 0x39;

/** Every integer below is exact in a double. */
const EXACT = 2 ** 53;
const HALF = 2 ** 32;

/**
 * The value of a well-formed number: `0x…` in lower case or decimal, with any `_`, and at most one of the
 * size letters K M G T P at its end.
 * @param start offset of its first digit in `text`
 * @param end offset behind its last character
 * @returns `undefined` when it passes 2^64 - 1
 */
export function numberValue(text: string, start: number, end: number): Address | undefined {
  const factor = sizeFactor(text.charCodeAt(end - 1));
  const digitsEnd = factor === 1 ? end : end - 1;
  const hex = text.charCodeAt(start + 1) === LETTER_X;
  const base = hex ? 16 : 10;
  const digitsStart = hex ? start + 2 : start;
  let value = 0;
  for (let i = digitsStart; i < digitsEnd; i++) {
    const code = text.charCodeAt(i);
    if (code !== UNDERSCORE) value = value * base + digit(code);
  }
  value *= factor;
  // What a double rounded is at least 2^53 in it, so the comparison cannot be deceived.
  return value < EXACT ? smallValue(value) : largeValue(text, digitsStart, digitsEnd, base, factor);
}

/** Sizes of a few pages, `4K`, stand in every line of a table: one object for each of them is enough. */
const FEW_PAGES: readonly Address[] = Array.from({ length: 17 }, (_, page) => ({ page, offset: 0 }));

const FEW_BYTES = (FEW_PAGES.length - 1) * PAGE_SIZE;

function smallValue(value: number): Address {
  return value <= FEW_BYTES && (value & (PAGE_SIZE - 1)) === 0
    ? FEW_PAGES[value / PAGE_SIZE]!
    : fromBytes(value);
}

function digit(code: number): number {
  return code <= NINE ? code - 0x30 : code - 0x57;
}

function sizeFactor(code: number): number {
  switch (code) {
    case 0x4b:
      return 2 ** 10;
    case 0x4d:
      return 2 ** 20;
    case 0x47:
      return 2 ** 30;
    case 0x54:
      return 2 ** 40;
    case 0x50:
      return 2 ** 50;
    default:
      return 1;
  }
}

/** The same with two halves of 32 bits, exact up to 2^64. */
function largeValue(
  text: string,
  start: number,
  end: number,
  base: number,
  factor: number,
): Address | undefined {
  let high = 0;
  let low = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === UNDERSCORE) continue;
    low = low * base + digit(code);
    high = high * base + Math.floor(low / HALF);
    low %= HALF;
    if (high >= HALF) return undefined;
  }
  for (let left = factor; left > 1; left /= 1024) {
    low *= 1024;
    high = high * 1024 + Math.floor(low / HALF);
    low %= HALF;
    if (high >= HALF) return undefined;
  }
  return { page: high * 2 ** 20 + Math.floor(low / PAGE_SIZE), offset: low % PAGE_SIZE };
}
