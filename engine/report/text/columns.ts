import { cellWidth } from "./printable.js";

/** One cell: its text decides the width, `paint` is applied after padding was counted. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
  readonly align?: "left" | "right";
}

/**
 * Lines whose cells stand under each other, two spaces apart, without trailing blanks.
 * @param indent blanks in front of each line
 */
export function columns(rows: readonly (readonly Cell[])[], indent: number): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cellWidth(cell.text));
    });
  }
  return rows.map((row) => {
    const line = row.map((cell, column) => padded(cell, widths[column] ?? 0, column === row.length - 1));
    return `${" ".repeat(indent)}${line.join("  ")}`.trimEnd();
  });
}

function padded(cell: Cell, width: number, isLast: boolean): string {
  const blanks = " ".repeat(Math.max(0, width - cellWidth(cell.text)));
  const text = cell.paint ? cell.paint(cell.text) : cell.text;
  if (cell.align === "right") return blanks + text;
  return isLast ? text : text + blanks;
}
