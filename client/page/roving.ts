/*
 * Rows of a list among which the arrow keys go; one of each list is in the order of the Tab key.
 */

/** The rows of a list that can be seen. @param rows selector of a row */
export function rowsOf(list: Element, rows: string): Element[] {
  return [...list.children].filter((row) => row.matches(rows) && !row.hasAttribute("hidden"));
}

/** Gives each row its place in the order of the keys; the one that had the turn keeps it. */
export function giveTurns(list: Element, rows: string): void {
  const all = rowsOf(list, rows);
  const chosen = all.find((row) => row.getAttribute("tabindex") === "0") ?? all[0];
  for (const row of all) row.setAttribute("tabindex", row === chosen ? "0" : "-1");
}

/** The Tab key comes back to the row that was left last. */
export function takeTurn(row: Element, rows: string): void {
  for (const other of row.parentElement?.children ?? []) {
    if (other.matches(rows)) other.setAttribute("tabindex", other === row ? "0" : "-1");
  }
}

/** Goes from a row to another one. @returns whether the key means one */
export function moveFrom(row: Element, key: string, rows: string): boolean {
  const all = row.parentElement ? rowsOf(row.parentElement, rows) : [];
  const at = all.indexOf(row);
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: all.length - 1,
  };
  const next = steps[key];
  if (next === undefined) return false;
  const found = all[Math.min(all.length - 1, Math.max(0, next))];
  if (found instanceof HTMLElement) found.focus();
  return true;
}
