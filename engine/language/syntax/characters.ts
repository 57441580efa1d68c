/** Classes of the ASCII characters, as bits, looked up by char code. */
export const Class = {
  blank: 1,
  /** Letters and `_`. */
  letter: 2,
  digit: 4,
  /** 0-9 a-f A-F. */
  hex: 8,
  /** Begins punctuation, a string or a comment. */
  mark: 16,
} as const;

const classes = new Uint8Array(128);
const mark = (characters: string, bit: number): void => {
  for (const character of characters) classes[character.charCodeAt(0)]! |= bit;
};
mark(" \t\n\v\f\r", Class.blank);
mark("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", Class.letter);
mark("0123456789", Class.digit);
mark("0123456789abcdefABCDEF", Class.hex);
mark('{}[],+.=-#"/', Class.mark);

/** The class bits of a char code; 0 beyond ASCII and past the end of the text (NaN). */
export function classOf(code: number): number {
  return code < 128 ? classes[code]! : 0;
}

export function isWordPart(code: number): boolean {
  return code < 128 && (classes[code]! & (Class.letter | Class.digit)) !== 0;
}

/** A letter or digit of another script, which a name must not hold but a person may have meant as one. */
export function isForeignLetter(character: string): boolean {
  return /^[\p{L}\p{N}\p{M}]/u.test(character);
}
