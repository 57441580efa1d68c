import { setFlagsFromString } from "node:v8";

/** Open texts of more UTF-16 units than these are much: some 20,000 lines. */
const MANY_UNITS = 1024 * 1024;

/** Percent by which memory may grow before what is not needed any more is looked for. */
const LITTLE = 20;
const MORE = 40;

/**
 * By how many percent memory may grow before the collector looks for what is not needed any more. A program of
 * 10,000 lines is 10 MB, and each edit makes a new one. Left to itself the collector lets the old ones pile up to
 * many times of that; asked to look early, the server needs half the memory and a tenth more time. Of a program of
 * 100,000 lines there is so much to look through each time that it would need half the time again.
 *
 * @param units of all open documents together
 */
export function growingPercent(units: number): number {
  return units > MANY_UNITS ? MORE : LITTLE;
}

/** Has the collector look early, and keep the room for new objects as small as it is in the beginning. */
export function keepMemorySmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  makeRoom(0);
}

/** Lets memory grow with the open documents; the collector reads this before each time that it looks. */
export function makeRoom(units: number): void {
  setFlagsFromString(`--heap-growing-percent=${growingPercent(units)}`);
}
