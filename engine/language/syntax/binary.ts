/** So many units of a text are looked at. */
const SAMPLE = 65_536;

/** From this share of unprintable units on, a text is none. */
const PERCENT = 5;

/**
 * Whether a text holds so many control and replacement characters that it is no text.
 * @returns their share of the beginning of the text in percent, or `undefined` when it may be a text
 */
export function looksBinary(text: string): number | undefined {
  const length = Math.min(text.length, SAMPLE);
  let unprintable = 0;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0xfffd || (code < 0x20 && (code < 0x09 || code > 0x0d))) unprintable++;
  }
  // A single stray character is a typing mistake, however short the text.
  if (unprintable < 4 || unprintable * 100 < length * PERCENT) return undefined;
  return Math.round((unprintable * 100) / length);
}
