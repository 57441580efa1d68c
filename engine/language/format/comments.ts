import { BREAKS_LINE, TokenKind, type TokenList } from "../syntax/tokens.js";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** A comment without blanks at the ends of its lines, which end with LF. */
export function commentText(tokens: TokenList, index: number): string {
  const text = tokens.textOf(index).trimEnd();
  return /[\r\n]/.test(text) ? text.replace(/[ \t\v\f]*(?:\r\n?|\n)/g, "\n") : text;
}

/** A comment that moves to another column, its further lines with it. */
export function movedComment(tokens: TokenList, index: number, column: number): string {
  const text = commentText(tokens, index);
  if (tokens.kind(index) !== TokenKind.blockComment || !text.includes("\n")) return text;
  const by = column - (indentationOf(tokens, index) ?? "").length;
  const [first = "", ...others] = text.split("\n");
  return [first, ...others.map((line) => moved(line, by))].join("\n");
}

function moved(line: string, by: number): string {
  if (line === "") return line;
  if (by > 0) return " ".repeat(by) + line;
  const blanks = line.length - line.trimStart().length;
  return line.slice(Math.min(blanks, -by));
}

/** The blanks before a token that is the first of its line, a byte order mark left out; of others `undefined`. */
export function indentationOf(tokens: TokenList, index: number): string | undefined {
  if (index === 0) return "";
  if (tokens.kind(index - 1) !== TokenKind.blank) return undefined;
  const blank = tokens.textOf(index - 1);
  const broken = Math.max(blank.lastIndexOf("\n"), blank.lastIndexOf("\r")) + 1;
  if (broken > 0) return blank.slice(broken);
  return index === 1 ? blank.replace("\ufeff", "") : undefined;
}

/** Units between the beginning of a token's line and the token. */
export function columnOf({ text }: TokenList, start: number): number {
  let at = start;
  while (at > 0 && text.charCodeAt(at - 1) !== LINE_FEED && text.charCodeAt(at - 1) !== CARRIAGE_RETURN) at--;
  return start - at;
}

/** Line breaks in a blank, counted up to 2. */
export function breaksIn(tokens: TokenList, index: number): number {
  if (tokens.detail(index) !== BREAKS_LINE) return 0;
  const { text } = tokens;
  const end = tokens.end(index);
  let count = 0;
  for (let at = tokens.start(index); at < end && count < 2; at++) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(at + 1) !== LINE_FEED)) count++;
  }
  return count;
}
