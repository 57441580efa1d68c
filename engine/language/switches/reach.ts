import type { At, Node, SourceFile } from "../syntax/index.js";
import { BREAKS_LINE, LAST_TRIVIA, TokenKind, type TokenList } from "../syntax/tokens.js";

/** A comment, and the tokens around it that decide what it speaks of. */
export interface Comment {
  readonly index: number;
  /** The last token before it on its line. */
  readonly before: number | undefined;
  /** The next token; `undefined` at the end of the text. */
  readonly after: number | undefined;
}

/** The comments of a text, in one pass however many of them follow each other. */
export function* commentsOf(tokens: TokenList): Generator<Comment> {
  let before: number | undefined;
  let after = 0;
  for (let index = 0; index < tokens.length; index++) {
    if (!isTrivia(tokens, index)) {
      before = index;
      continue;
    }
    if (tokens.kind(index) !== TokenKind.blank) {
      if (after <= index) after = index + 1;
      while (after < tokens.length && isTrivia(tokens, after)) after += 1;
      yield { index, before, after: after < tokens.length ? after : undefined };
    }
    if (tokens.detail(index) === BREAKS_LINE) before = undefined;
  }
}

/**
 * The statement that a comment speaks of: the one that it trails on its line, otherwise the next one; with
 * its block. Inside a statement that holds no others, such as a `pdev`, it is that statement.
 * @returns `undefined` when the block, or the file, has no further statement
 */
export function statementOf({ tokens, items }: SourceFile, { before, after }: Comment): At | undefined {
  if (before !== undefined) return innermost(items, tokens.start(before));
  if (after === undefined) return undefined;
  const found = innermost(items, tokens.start(after));
  const closesBlock = found && inside(found) !== undefined && found.start < tokens.start(after);
  return closesBlock ? undefined : found;
}

/** The statement that the comment at an offset speaks of. @param start offset of the comment's first unit */
export function spokenOf(file: SourceFile, start: number): At | undefined {
  for (const comment of commentsOf(file.tokens)) {
    if (file.tokens.start(comment.index) === start) return statementOf(file, comment);
  }
  return undefined;
}

function isTrivia(tokens: TokenList, index: number): boolean {
  return tokens.kind(index) <= LAST_TRIVIA;
}

/** The smallest statement that holds the unit at an offset, blocks being statements too. */
export function statementHolding({ items }: SourceFile, offset: number): At | undefined {
  return innermost(items, offset);
}

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
    case "object":
    case "bind-table":
      return statement.body?.steps;
    case "misplaced":
      return inside(statement.statement);
    default:
      return undefined;
  }
}
