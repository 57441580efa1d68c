import { TokenKind, type TokenList } from "../syntax/index.js";

/** A comment without blanks at the ends of its lines, which end with LF. */
export function commentText(tokens: TokenList, index: number): string {
  const text = tokens.textOf(index).trimEnd();
  return /[\r\n]/.test(text) ? text.replace(/[ \t\v\f]*(?:\r\n?|\n)/g, "\n") : text;
}

/** A comment that moves to another column, its further lines with it. */
export function movedComment(tokens: TokenList, index: number, column: number): string {
  const text = commentText(tokens, index);
  if (tokens.kind(index) !== TokenKind.blockComment || !text.includes("\n")) return text;
  const by = column - lineBefore(tokens, index).length;
  const [first = "", ...others] = text.split("\n");
  return [first, ...others.map((line) => moved(line, by))].join("\n");
}

function moved(line: string, by: number): string {
  if (line === "") return line;
  if (by > 0) return " ".repeat(by) + line;
  const blanks = line.length - line.trimStart().length;
  return line.slice(Math.min(blanks, -by));
}

/** What stands before a token on its line, without a byte order mark. */
export function lineBefore(tokens: TokenList, index: number): string {
  const { text } = tokens;
  const end = tokens.start(index);
  let start = end;
  while (start > 0 && !/[\r\n\ufeff]/.test(text.charAt(start - 1))) start--;
  return text.slice(start, end);
}

/** Line breaks in a blank, counted up to 2. */
export function breaksIn(tokens: TokenList, index: number): number {
  const text = tokens.textOf(index);
  const first = text.search(/\r\n?|\n/);
  if (first < 0) return 0;
  return /[\r\n]/.test(text.slice(text.startsWith("\r\n", first) ? first + 2 : first + 1)) ? 2 : 1;
}
