/** A text with places marked in it: `$0` is the cursor, `$1` to `$9` are others that a test speaks of. */
export interface Marked {
  /** The text without its marks. */
  readonly text: string;
  /** Offset of the mark, in UTF-16 units of `text`. @throws when the text has no such mark */
  at(mark?: number): number;
}

/** Takes the marks out of a text. */
export function marked(source: string): Marked {
  const offsets = new Map<number, number>();
  let text = "";
  for (const piece of source.split(/(\$\d)/)) {
    if (/^\$\d$/.test(piece)) offsets.set(Number(piece[1]), text.length);
    else text += piece;
  }
  return {
    text,
    at(mark = 0) {
      const offset = offsets.get(mark);
      if (offset === undefined) throw new Error(`The text has no mark $${mark}.`);
      return offset;
    },
  };
}
