/** A line of the formatted text, its columns not yet set. */
export interface CodeLine {
  readonly kind: "code";
  readonly indent: number;
  /** The word of a property with a value, which stands in a column of its own. */
  word: string;
  /** Everything up to the outcome, without `word`. */
  code: string;
  /** `=> …`, or empty. */
  outcome: string;
  /** What stands behind it on the line, or empty. */
  comment: string;
  /** It begins with the closing brace of a block over several lines. */
  readonly closes: boolean;
  /** It ends with the opening brace of one. */
  opens: boolean;
  /** Text of the file as it was, possibly several lines, indentation included. */
  readonly verbatim: boolean;
}

/** A comment on a line of its own. */
export interface CommentLine {
  readonly kind: "comment";
  readonly indent: number;
  text: string;
  /** It goes on with the comment behind the line above, in the same column. */
  readonly continues: boolean;
}

export interface EmptyLine {
  readonly kind: "empty";
}

export type Line = CodeLine | CommentLine | EmptyLine;

/** Columns of the last line of a piece of text. */
export function widthOf(text: string): number {
  return text.length - (text.lastIndexOf("\n") + 1);
}

/** Columns of a line up to its comment, with nothing aligned. */
export function naturalWidth({ indent, word, code, outcome }: CodeLine): number {
  return indent + widthOf([word, code, outcome].filter((cell) => cell !== "").join(" "));
}
