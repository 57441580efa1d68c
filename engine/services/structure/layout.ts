import { formatEdits, type LineMap, lineMap, type syntax, type TextEdit } from "../../language/index.js";
import type { TextRange } from "../view.js";
import { bracesOf } from "./blocks.js";
import { statementsAt } from "./statements.js";

/** Declarations that stand on several lines: the columns of what is above and below do not go with theirs. */
const BLOCKS: ReadonlySet<string> = new Set(["guest", "native", "scenario"]);

const EMPTY_LINE = /(\r\n|\n|\r)[ \t]*(\r\n|\n|\r)/;

/** What a person can type that ends something whose layout is then known. */
export const LAYOUT_KEYS = ["}", "\n"] as const;
export type LayoutKey = (typeof LAYOUT_KEYS)[number];

/**
 * The edits that bring the lines of a range into their layout, in text order. Only the declarations that the
 * range touches are looked at, so that a mistake elsewhere does not matter and a long file takes no longer.
 */
export function layoutOfRange(tree: syntax.ParsedFile, range: TextRange): readonly TextEdit[] {
  const { start, end } = pieceAround(tree, range);
  const inside = { start: range.start - start, end: range.end - start };
  return moved(formatEdits(tree.text.slice(start, end), { range: inside }), start);
}

/**
 * The edits after somebody typed a key: of the block that a brace closes, or of the finished line and those
 * whose columns go with it. The line of the cursor stays as it is.
 * @param offset right after what was typed
 */
export function layoutOfTyped(tree: syntax.ParsedFile, offset: number, key: LayoutKey): readonly TextEdit[] {
  return key === "}" ? layoutOfBlock(tree, offset) : layoutOfLine(tree, offset);
}

function layoutOfBlock(tree: syntax.ParsedFile, offset: number): readonly TextEdit[] {
  const { tokens } = tree;
  const closed = statementsAt(tree, offset - 1).findLast((statement) => {
    const braces = bracesOf(tokens, statement);
    return braces !== undefined && tokens.end(braces.close) === offset;
  });
  return closed ? layoutOfRange(tree, { start: closed.start, end: offset }) : [];
}

function layoutOfLine(tree: syntax.ParsedFile, offset: number): readonly TextEdit[] {
  const { text } = tree;
  const lines = lineMap(text);
  const { line } = lines.position(offset);
  if (line === 0) return [];
  const before = endOfLine(lines, line - 1);
  const lineEnd = endOfLine(lines, line);
  const isEmpty = text.slice(lines.lineStart(line), lineEnd).trim() === "";
  // An empty line parts columns, but the one that the cursor is in will not stay empty.
  const gap = isEmpty ? lineEnd - before : 0;
  const piece = pieceAround(tree, { start: before, end: lineEnd });
  const laid = text.slice(piece.start, before) + text.slice(before + gap, piece.end);
  const cut = before - piece.start;
  const { start, end } = neighbours(laid, cut);
  const edits = formatEdits(laid, { range: { start, end: isEmpty ? end : cut } });
  const above = edits.filter((edit) => edit.end <= cut);
  const below = edits.filter((edit) => edit.start > cut);
  return [...moved(above, piece.start), ...moved(below, piece.start + gap)];
}

function moved(edits: readonly TextEdit[], by: number): TextEdit[] {
  return edits.map(({ start, end, text }) => ({ start: start + by, end: end + by, text }));
}

/** The lines of the declarations on the top level that a range touches, and of those whose columns go with them. */
function pieceAround({ text, items }: syntax.SourceFile, range: TextRange): TextRange {
  const lines = lineMap(text);
  const start = lines.lineStart(lines.position(range.start).line);
  const end = endOfLine(lines, lines.position(range.end).line);
  let first = items.findIndex((item) => item.end >= start);
  let last = items.findLastIndex((item) => item.start <= end);
  const areNeighbours = (above: number): boolean => {
    const [one, other] = [items[above], items[above + 1]];
    if (!one || !other || BLOCKS.has(one.kind) || BLOCKS.has(other.kind)) return false;
    return !EMPTY_LINE.test(text.slice(one.end, other.start));
  };
  while (areNeighbours(first - 1)) first -= 1;
  while (areNeighbours(last)) last += 1;
  const from = lines.position(Math.min(start, items[first]?.start ?? start)).line;
  const to = lines.position(Math.max(end, items[last]?.end ?? end)).line;
  return { start: lines.lineStart(from), end: lines.lineStart(to + 1) };
}

/** A line with those above and below it up to an empty one, or one that opens or closes a block. */
function neighbours(text: string, offset: number): TextRange {
  const lines = lineMap(text);
  const { line } = lines.position(offset);
  const isApart = (each: number): boolean =>
    /^\s*($|\})|\{\s*(\/\/.*)?$/.test(text.slice(lines.lineStart(each), endOfLine(lines, each)));
  let first = line;
  let last = line;
  if (!isApart(line)) {
    while (first > 0 && !isApart(first - 1)) first -= 1;
    while (last < lines.lineCount - 1 && !isApart(last + 1)) last += 1;
  }
  return { start: lines.lineStart(first), end: endOfLine(lines, last) };
}

/** Where a line ends, before its break. */
function endOfLine(lines: LineMap, line: number): number {
  return lines.offset({ line, character: Number.MAX_SAFE_INTEGER });
}
