import type { Span } from "../../language/index.js";
import type { Places } from "../places.js";
import { cellWidth, printable } from "./printable.js";
import type { Style } from "./style.js";

/** Columns of a source line that are shown; a longer line is cut around its place. */
const SOURCE_WIDTH = 88;
/** Characters of the line before its place that never make it a long one, and those kept of a long one. */
const FITS_BEFORE = 60;
const BEFORE = 30;
const TAB = "  ";

/**
 * The source line of a place with carets under it. Only the first line of a longer place is shown, and
 * of a long line only the part around the place.
 */
export function frame(places: Places, span: Span, paint: (text: string) => string, style: Style): string[] {
  const text = places.textOf(span.file);
  const { line, character } = places.startOf(span);
  const lineStart = span.start - character;
  const from = character <= FITS_BEFORE ? lineStart : span.start - BEFORE;
  const to = lineEndAfter(text, from, SOURCE_WIDTH);
  const before = shown(text.slice(from, span.start));
  const marked = shown(text.slice(span.start, Math.max(span.start, Math.min(span.end, to))));
  const after = shown(text.slice(Math.min(span.end, to), to));
  const cutLeft = from > lineStart ? "…" : "";
  const cutRight = isLineEnd(text, to) ? "" : "…";
  const number = String(line + 1);
  const carets = "^".repeat(Math.max(1, cellWidth(marked)));
  const blanks = " ".repeat(cellWidth(cutLeft + before));
  return [
    `  ${style.dim(`${number} |`)} ${cutLeft}${before}${marked}${after}${cutRight}`.trimEnd(),
    `  ${style.dim(`${" ".repeat(number.length)} |`)} ${blanks}${paint(carets)}`,
  ];
}

function shown(text: string): string {
  return printable(text.replace(/\t/g, TAB));
}

/** End of the line that holds `offset`, or `offset + most` when the line goes on that far. */
function lineEndAfter(text: string, offset: number, most: number): number {
  const end = Math.min(text.length, offset + most);
  for (let index = offset; index < end; index += 1) if (isLineEnd(text, index)) return index;
  return end;
}

function isLineEnd(text: string, offset: number): boolean {
  const character = text[offset];
  return character === undefined || character === "\n" || character === "\r";
}
