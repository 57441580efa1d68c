import type { At, Node, SourceFile } from "../syntax/index.js";
import { TokenKind, type TokenList } from "../syntax/index.js";

/**
 * The statement that a comment speaks of: the one that it trails on its line, otherwise the next one; with
 * its block. Inside a statement that holds no others, such as a `pdev`, it is that statement.
 * @param index of the comment in the token list
 * @returns `undefined` when the block, or the file, has no further statement
 */
export function statementOf({ tokens, items }: SourceFile, index: number): At | undefined {
  const before = tokenBefore(tokens, index);
  if (before !== undefined) return innermost(items, tokens.start(before));
  const next = tokenAfter(tokens, index);
  if (next === undefined) return undefined;
  const found = innermost(items, tokens.start(next));
  const closesBlock = found && inside(found) !== undefined && found.start < tokens.start(next);
  return closesBlock ? undefined : found;
}

/** The last token before a comment on its line. */
function tokenBefore(tokens: TokenList, index: number): number | undefined {
  for (let at = index - 1; at >= 0; at--) {
    if (!isTrivia(tokens, at)) return at;
    if (/[\r\n]/.test(tokens.textOf(at))) return undefined;
  }
  return undefined;
}

function tokenAfter(tokens: TokenList, index: number): number | undefined {
  for (let at = index + 1; at < tokens.length; at++) if (!isTrivia(tokens, at)) return at;
  return undefined;
}

export function isComment(tokens: TokenList, index: number): boolean {
  const kind = tokens.kind(index);
  return kind === TokenKind.lineComment || kind === TokenKind.blockComment;
}

function isTrivia(tokens: TokenList, index: number): boolean {
  return tokens.kind(index) === TokenKind.blank || isComment(tokens, index);
}

/** The smallest statement that holds the unit at `offset`. */
function innermost(statements: readonly Node[], offset: number): Node | undefined {
  let low = 0;
  let high = statements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (statements[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  const found = statements[low - 1];
  if (!found || offset >= found.end) return undefined;
  return innermost(inside(found) ?? [], offset) ?? found;
}

/** The statements in the block of a statement; `undefined` where its block holds none, or it has no block. */
function inside(statement: Node): readonly Node[] | undefined {
  switch (statement.kind) {
    case "guest":
    case "native":
      return statement.items;
    case "scenario":
      return statement.steps;
    case "ioasid":
    case "bind-table":
      return statement.body?.steps;
    case "misplaced":
      return inside(statement.statement);
    default:
      return undefined;
  }
}
