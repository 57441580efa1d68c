import { limited } from "../rows/limit.js";
import { type Cell, type Column, type Group, type Row, rowCount, type Table } from "../rows/table.js";
import { type Element, h } from "./element.js";
import { type Page, placeAttributes } from "./options.js";

/** A section of a page: a heading, and each group of the table as a table of its own. */
export function tableSection(page: Page, id: string, table: Table): Element | undefined {
  const { title, none, content } = table;
  const isEmpty = rowCount(table) === 0;
  if (isEmpty && none === undefined) return undefined;
  const body = isEmpty
    ? [h("p", { class: "none" }, none)]
    : content.flatMap((group) => groupTable(page, table.columns, group));
  return section(id, title, ...body);
}

/** A part of the page that a reader can go to by its name. */
export function section(id: string, title: string, ...body: readonly (Element | undefined)[]): Element {
  const heading = `${id}-title`;
  return h("section", { id, "aria-labelledby": heading }, h("h2", { id: heading }, title), ...body);
}

function groupTable(page: Page, columns: readonly Column[], { caption, rows }: Group): Element[] {
  const { shown, more } = limited(rows, page.rows, ({ failed }) => failed === true);
  const heads = columns.map(({ heading, numeric }) =>
    h("th", { scope: "col", class: numeric ? "number" : undefined }, heading),
  );
  const table = h(
    "table",
    {},
    h("caption", {}, caption),
    h("thead", {}, h("tr", {}, ...heads)),
    h("tbody", {}, ...shown.map((row) => rowElement(page, columns, row))),
  );
  return more === undefined ? [table] : [table, moreNote(more)];
}

/** How much of a list is not shown. */
export function moreNote(more: string): Element {
  return h("p", { class: "more" }, more);
}

function rowElement(page: Page, columns: readonly Column[], { cells, origin, failed }: Row): Element {
  const place = placeAttributes(page, page.places.spanOf(origin));
  const content = cells.map((each, index) => cellElement(each, columns[index], index === 0));
  return h("tr", { class: failed ? "failed" : undefined, ...place }, ...content);
}

function cellElement({ text, tone }: Cell, column: Column | undefined, isHead: boolean): Element {
  const classes = [column?.numeric ? "number" : "", tone ?? ""].filter((each) => each !== "").join(" ");
  const attributes = { class: classes === "" ? undefined : classes };
  return isHead ? h("th", { scope: "row", ...attributes }, text) : h("td", attributes, text);
}
