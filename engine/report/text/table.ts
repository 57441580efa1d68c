import { type Cell, columns } from "./columns.js";
import { folded } from "./fold.js";
import { printable } from "./printable.js";
import type { Style } from "./style.js";

/** A column of a table: its heading, and whether numbers in it end under each other. */
export interface Column {
  readonly heading: string;
  readonly align?: "left" | "right";
}

/** What stands in a cell: plain text, or text with an emphasis. */
export type Content = string | number | Cell;

/** A heading, its rows under it, and a fold when there are too many. */
export function table(
  style: Style,
  title: string,
  heads: readonly Column[],
  rows: readonly (readonly Content[])[],
): string[] {
  const { shown, more } = folded(rows);
  const head = heads.map(({ heading, align }) => cell({ text: heading, paint: style.dim }, align));
  const body = shown.map((row) => row.map((content, column) => cell(content, heads[column]?.align)));
  const lines = [style.bold(title), ...columns([head, ...body], 2)];
  return more === undefined ? lines : [...lines, `  ${style.dim(more)}`];
}

function cell(content: Content, align: Column["align"]): Cell {
  const given: Cell = typeof content === "object" ? content : { text: String(content) };
  return { ...given, text: printable(given.text), ...(align && { align }) };
}
