import { syntax } from "../../language/index.js";
import type { TextRange } from "../view.js";
import { bracesOf } from "./blocks.js";
import { type Statement, statementsAt } from "./statements.js";

const { TokenKind } = syntax;

/**
 * What a selection at an offset grows to, the smallest first, each larger than the one before: the word (a
 * string without its quotes first), the parts of the statement around it, the statement, the block without its
 * braces and with them, the statement of the block, and so on up to the file.
 * @param offset UTF-16 units; right after a word means the word
 */
export function selectionAt(tree: syntax.ParsedFile, offset: number): readonly TextRange[] {
  const ranges: TextRange[] = [...wordAt(tree.tokens, offset)];
  for (const statement of statementsAt(tree, offset).toReversed()) {
    ranges.push(...partsAt(statement, offset), ...blockAt(tree.tokens, statement, offset), statement);
  }
  ranges.push({ start: 0, end: tree.text.length });
  return growing(ranges, offset);
}

/** Keeps those that hold the offset and go beyond the one before. */
function growing(ranges: readonly TextRange[], offset: number): TextRange[] {
  const kept: TextRange[] = [];
  for (const { start, end } of ranges) {
    const last = kept.at(-1) ?? { start: offset, end: offset };
    const isFirst = kept.length === 0;
    const isLarger =
      start <= last.start && end >= last.end && (isFirst || start < last.start || end > last.end);
    if (isLarger && (start < end || isFirst)) kept.push({ start, end });
  }
  return kept;
}

/** The word, number, string or comment at an offset; none in a blank or at a mark. */
function* wordAt(tokens: syntax.TokenList, offset: number): Generator<TextRange> {
  const here = tokens.at(offset);
  const isBehind = here > 0 && tokens.start(here) === offset && !isWord(tokens.kind(here));
  const index = isBehind ? here - 1 : here;
  const kind = tokens.kind(index);
  const [start, end] = [tokens.start(index), tokens.end(index)];
  if (kind === TokenKind.string) yield { start: start + 1, end: end - 1 };
  if (isWord(kind) || kind === TokenKind.lineComment || kind === TokenKind.blockComment) yield { start, end };
}

function isWord(kind: syntax.TokenKind): boolean {
  return kind >= TokenKind.identifier && kind <= TokenKind.string;
}

/** The parts of a statement that hold an offset, the innermost first; statements inside it are none of them. */
function partsAt(statement: Statement, offset: number): readonly TextRange[] {
  const path: syntax.Node[] = [];
  let parts = partsOf(statement);
  for (;;) {
    const found = parts.findLast(({ start, end }) => start <= offset && offset <= end);
    if (!found) return path.reverse();
    path.push(found);
    parts = syntax.children(found);
  }
}

/** Blocks can be long, and what is in them has been looked at already. */
function partsOf(statement: Statement): readonly syntax.Node[] {
  switch (statement.kind) {
    case "guest":
    case "native":
      return statement.name ? [statement.name] : [];
    case "scenario":
      return statement.title ? [statement.title] : [];
    default:
      return syntax.children(statement).filter(({ kind }) => kind !== "body");
  }
}

/** What stands between the braces of a statement, without the blanks at its ends, and the same with the braces. */
function* blockAt(tokens: syntax.TokenList, statement: Statement, offset: number): Generator<TextRange> {
  const braces = bracesOf(tokens, statement);
  if (!braces) return;
  const [from, to] = [tokens.end(braces.open), tokens.start(braces.close)];
  if (offset < from || offset > to) return;
  const inside = tokens.text.slice(from, to);
  const start = from + inside.length - inside.trimStart().length;
  yield { start, end: start + inside.trim().length };
  yield { start: from - 1, end: to + 1 };
}
