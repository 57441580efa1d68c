import { limited, PAGE_ROWS } from "../rows/limit.js";
import { type Cell, type Group, rowCount, type Table } from "../rows/table.js";
import { plainText, tableLines } from "./text.js";

/** A table under its heading; nothing where there is no row and nothing to say of that. */
export function tableSection(table: Table, most = PAGE_ROWS): string[] {
  const { title, none, content } = table;
  if (rowCount(table) === 0) return none === undefined ? [] : [`## ${title}`, "", none];
  const groups = content.map((group) => groupLines(table, group, most).join("\n"));
  return [`## ${title}`, "", groups.join("\n\n")];
}

function groupLines({ columns, groups }: Table, { caption, rows }: Group, most: number): string[] {
  const { shown, more } = limited(rows, most, ({ failed }) => failed === true);
  return [
    ...(groups === undefined ? [] : [plainText(caption), ""]),
    ...tableLines(
      columns,
      shown.map(({ cells }) => cells.map(cellText)),
    ),
    ...(more === undefined ? [] : ["", more]),
  ];
}

function cellText({ text, tone }: Cell): string {
  return tone === "bad" ? `**${plainText(text)}**` : plainText(text);
}
