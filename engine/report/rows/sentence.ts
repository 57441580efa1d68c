/** A piece of a message: words, or code that was written between backquotes. */
export interface Piece {
  readonly text: string;
  readonly isCode: boolean;
}

/** A message of a rule in its pieces; a single backquote is a sign like any other. */
export function piecesOf(message: string): readonly Piece[] {
  return message
    .split(/(`[^`]+`)/)
    .filter((text) => text !== "")
    .map((text) =>
      /^`[^`]+`$/.test(text) ? { text: text.slice(1, -1), isCode: true } : { text, isCode: false },
    );
}
