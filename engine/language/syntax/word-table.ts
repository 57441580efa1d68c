import { CONTEXT_WORDS, ERRNO_NAMES, FAULT_NAMES, RESERVED_WORDS } from "./words.js";

/** Words by their number: 0 is no word, then the reserved ones, then all others. */
export const WORD_TEXTS: readonly string[] = [
  "",
  ...RESERVED_WORDS,
  ...CONTEXT_WORDS,
  ...FAULT_NAMES,
  ...ERRNO_NAMES,
];

/** Numbers 1 to this are reserved. */
export const LAST_RESERVED = RESERVED_WORDS.length;

const SLOTS = 1024;
const table = new Uint8Array(SLOTS);

function hash(text: string, start: number, end: number): number {
  const length = end - start;
  const middle = text.charCodeAt(start + (length >> 1));
  return (
    (text.charCodeAt(start) * 7 + text.charCodeAt(end - 1) * 131 + middle * 31 + length * 17) & (SLOTS - 1)
  );
}

WORD_TEXTS.forEach((word, number) => {
  if (number === 0) return;
  let slot = hash(word, 0, word.length);
  while (table[slot] !== 0) slot = (slot + 1) & (SLOTS - 1);
  table[slot] = number;
});

/** Number of the word that `text` holds from `start` to `end`, or 0 when it is no word of the language. */
export function wordNumber(text: string, start: number, end: number): number {
  let slot = hash(text, start, end);
  for (;;) {
    const number = table[slot]!;
    if (number === 0) return 0;
    const word = WORD_TEXTS[number]!;
    if (word.length === end - start && text.startsWith(word, start)) return number;
    slot = (slot + 1) & (SLOTS - 1);
  }
}
