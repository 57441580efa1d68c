/** Two texts are the same before `start` and behind an end; in UTF-16 units, ends exclusive. */
export interface TextChange {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Units that are compared at once: most of two long texts is the same, and then one look at a piece is enough. */
const PIECE = 4096;

/** What makes one text of another, as one change; `undefined` when they are equal. */
export function changeBetween(before: string, after: string): TextChange | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  const start = commonStart(before, after);
  const same = commonEnd(before, after, shorter - start);
  return { start, oldEnd: before.length - same, newEnd: after.length - same };
}

/** Units that two texts begin with. */
export function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at + PIECE <= most && a.slice(at, at + PIECE) === b.slice(at, at + PIECE)) at += PIECE;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
}

/** Units that they end with, but no more than `most`. */
function commonEnd(a: string, b: string, most: number): number {
  const { length: ofA } = a;
  const { length: ofB } = b;
  let count = 0;
  while (
    count + PIECE <= most &&
    a.slice(ofA - count - PIECE, ofA - count) === b.slice(ofB - count - PIECE, ofB - count)
  )
    count += PIECE;
  while (count < most && a.charCodeAt(ofA - 1 - count) === b.charCodeAt(ofB - 1 - count)) count += 1;
  return count;
}
