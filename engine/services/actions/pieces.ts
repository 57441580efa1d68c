import { syntax } from "../../language/index.js";
import type { TextRange } from "../view.js";

/** A statement with everything that belongs to it. */
export interface Piece extends TextRange {
  /** It has its lines to itself, and its last line break belongs to it. */
  readonly isLine: boolean;
}

/**
 * A statement of a file with the comments directly above it, a comment behind it, and its lines where it has
 * them to itself.
 * @param from offset before which nothing belongs to it
 */
export function pieceOf(tree: syntax.SourceFile, { start, end }: TextRange, from: number): Piece {
  const { text } = tree;
  const first = lineStart(text, start);
  const rest = /^[ \t]*(?:\/\/[^\r\n]*)?(?:\r\n|\r|\n|$)/.exec(text.slice(end))?.[0];
  const beginsLine = text.slice(first, start).trim() === "" && first >= from;
  if (!beginsLine || rest === undefined) {
    const blanks = /^[ \t]*/.exec(text.slice(end))?.[0] ?? "";
    return { start, end: end + blanks.length, isLine: false };
  }
  return { start: commentsAbove(tree, first, from), end: end + rest.length, isLine: true };
}

/** Start of the comments that stand above a line with no empty line between. */
function commentsAbove(tree: syntax.SourceFile, line: number, from: number): number {
  const { text } = tree;
  let start = line;
  while (start > from) {
    const above = lineStart(text, start - 1);
    const words = text.slice(above, start).trim();
    if (above < from || words === "") return start;
    const token = syntax.tokenAt(tree, above + text.slice(above, start).trimEnd().length - 1);
    const isComment =
      token.kind === syntax.TokenKind.lineComment || token.kind === syntax.TokenKind.blockComment;
    const first = lineStart(text, token.start);
    if (!isComment || first < from || text.slice(first, token.start).trim() !== "") return start;
    start = first;
  }
  return start;
}

/** The comments of a file that say something of all its findings. */
export function fileSwitches({ tokens, text }: syntax.SourceFile): string[] {
  if (!text.includes("ioasid-ignore-file")) return [];
  const found: string[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const kind = tokens.kind(index);
    if (kind !== syntax.TokenKind.lineComment && kind !== syntax.TokenKind.blockComment) continue;
    const comment = tokens.textOf(index);
    if (/^\/[/*]+\s*ioasid-ignore-file\b/.test(comment)) found.push(comment);
  }
  return found;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}
