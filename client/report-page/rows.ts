import { giveTurns, moveFrom, takeTurn } from "../page/roving.js";
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
    } else if (target.matches(ROW) && moveFrom(target, event.key, ROW)) event.preventDefault();
  });
  report.addEventListener("focusin", ({ target }) => {
    const row = elementOf(target);
    if (row?.matches(ROW)) takeTurn(row, ROW);
  });
}

/** After the report changed: new rows are given their place in the order of the keys. */
export function prepareRows(report: HTMLElement): void {
  for (const link of report.querySelectorAll(`span[data-rule], ${PLACE}:not(tr):not(.finding)`)) {
    link.setAttribute("role", "link");
    link.setAttribute("tabindex", "0");
  }
  for (const list of report.querySelectorAll("tbody, ul.findings")) giveTurns(list, ROW);
}

function reveal(place: HTMLElement | null): void {
  const { file, start, end } = place?.dataset ?? {};
  if (file !== undefined && start !== undefined && end !== undefined)
    tell({ kind: "reveal", file, start, end });
}

function elementOf(target: EventTarget | null): Element | null {
  return target instanceof Element ? target : null;
}
