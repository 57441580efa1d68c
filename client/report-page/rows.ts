import { tell } from "./editor.js";

/** Everything that leads to its source. */
const PLACE = "[data-file]";
/** Rows among which the arrow keys go; one of each list is in the order of the Tab key. */
const ROW = "tr[data-file], li.finding[data-file]";

/** Makes the rows of the report lead to their source, by pointer and by key. */
export function listenToRows(report: HTMLElement): void {
  report.addEventListener("click", (event) => {
    const target = elementOf(event.target);
    if (!target || String(getSelection()) !== "") return;
    const rule = target.closest<HTMLElement>("[data-rule]");
    if (rule) tell({ kind: "rule", code: rule.dataset.rule ?? "" });
    else if (!target.closest("summary, a")) reveal(target.closest<HTMLElement>(PLACE));
  });
  report.addEventListener("keydown", (event) => {
    const target = elementOf(event.target);
    if (!target) return;
    if (event.key === "Enter" || (event.key === " " && target.matches("[role=link]"))) {
      if (target.matches("[data-rule]")) tell({ kind: "rule", code: target.getAttribute("data-rule") ?? "" });
      else if (target.matches(PLACE)) reveal(target as HTMLElement);
      else return;
      event.preventDefault();
    } else if (target.matches(ROW) && moveFrom(target, event.key)) event.preventDefault();
  });
  report.addEventListener("focusin", ({ target }) => {
    const row = elementOf(target);
    if (row?.matches(ROW)) takeTurn(row);
  });
}

/** After the report changed: new rows are given their place in the order of the keys. */
export function prepareRows(report: HTMLElement): void {
  for (const link of report.querySelectorAll(`span[data-rule], ${PLACE}:not(tr):not(.finding)`)) {
    link.setAttribute("role", "link");
    link.setAttribute("tabindex", "0");
  }
  for (const list of report.querySelectorAll("tbody, ul.findings")) {
    const rows = rowsOf(list);
    const chosen = rows.find((row) => row.getAttribute("tabindex") === "0") ?? rows[0];
    for (const row of rows) row.setAttribute("tabindex", row === chosen ? "0" : "-1");
  }
}

function reveal(place: HTMLElement | null): void {
  const { file, start, end } = place?.dataset ?? {};
  if (file !== undefined && start !== undefined && end !== undefined)
    tell({ kind: "reveal", file, start, end });
}

/** @returns whether the key means another row */
function moveFrom(row: Element, key: string): boolean {
  const rows = row.parentElement ? rowsOf(row.parentElement) : [];
  const at = rows.indexOf(row);
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: rows.length - 1,
  };
  const next = steps[key];
  if (next === undefined) return false;
  const found = rows[Math.min(rows.length - 1, Math.max(0, next))];
  if (found instanceof HTMLElement) found.focus();
  return true;
}

/** The Tab key comes back to the row that was left last. */
function takeTurn(row: Element): void {
  for (const other of row.parentElement?.children ?? []) {
    if (other.matches(ROW)) other.setAttribute("tabindex", other === row ? "0" : "-1");
  }
}

function rowsOf(list: Element): Element[] {
  return [...list.children].filter((row) => row.matches(ROW) && !row.hasAttribute("hidden"));
}

function elementOf(target: EventTarget | null): Element | null {
  return target instanceof Element ? target : null;
}
