import { type Cell, type Column, type Row, rowCount, type Table, type Tone } from "../rows/table.js";
import { columns, type Cell as PaddedCell } from "./columns.js";
import { folded } from "./fold.js";
import { printable } from "./printable.js";
import type { Style } from "./style.js";

/** A heading, its rows under it, and a fold when there are too many; each group is named in its first row. */
export function tableText(table: Table, style: Style): string[] {
  const { title, none, groups, columns: heads, content } = table;
  if (rowCount(table) === 0) return none === undefined ? [] : [style.bold(title), `  ${none}`];
  const rows = content.flatMap(({ label, rows: members }) =>
    members.map((row, index) => ({ row, label: index === 0 ? label : "" })),
  );
  const { shown, more } = folded(rows);
  const head = [...(groups === undefined ? [] : [{ heading: groups }]), ...heads].map((column) =>
    headCell(column, style),
  );
  const body = shown.map(({ row, label }) => [
    ...(groups === undefined ? [] : [{ text: printable(label) }]),
    ...rowCells(row, heads, style),
  ]);
  const lines = [style.bold(title), ...columns([head, ...body], 2)];
  return more === undefined ? lines : [...lines, `  ${style.dim(more)}`];
}

function headCell({ heading, numeric }: Column, style: Style): PaddedCell {
  return { text: heading, paint: style.dim, align: numeric ? "right" : "left" };
}

function rowCells({ cells }: Row, heads: readonly Column[], style: Style): PaddedCell[] {
  return cells.map((each, column) => ({ ...paddedCell(each, style), ...align(heads[column]) }));
}

function paddedCell({ text, tone }: Cell, style: Style): PaddedCell {
  const paints: Readonly<Record<Tone, Style["bold"]>> = {
    name: style.cyan,
    good: style.green,
    bad: style.red,
  };
  return { text: printable(text), ...(tone && { paint: paints[tone] }) };
}

function align(column: Column | undefined): Pick<PaddedCell, "align"> {
  return { align: column?.numeric ? "right" : "left" };
}
