import { Punctuation, TokenKind, type TokenList } from "../syntax/index.js";

/** Marks that touch what stands before them. */
const CLOSE_TO_LEFT: ReadonlySet<number> = new Set([
  Punctuation.comma,
  Punctuation.dot,
  Punctuation.dots,
  Punctuation.openBracket,
  Punctuation.closeBracket,
]);

/** Marks that touch what stands behind them. */
const CLOSE_TO_RIGHT: ReadonlySet<number> = new Set([
  Punctuation.dot,
  Punctuation.dots,
  Punctuation.openBracket,
]);

/** Whether two tokens of a well-formed statement touch each other: `ram[0x0..0xfff]`, `vm0.gpa`, `4K, 2M`. */
export function touches(tokens: TokenList, left: number, right: number): boolean {
  return isOf(tokens, right, CLOSE_TO_LEFT) || isOf(tokens, left, CLOSE_TO_RIGHT);
}

function isOf(tokens: TokenList, index: number, marks: ReadonlySet<number>): boolean {
  return tokens.kind(index) === TokenKind.punctuation && marks.has(tokens.detail(index));
}
