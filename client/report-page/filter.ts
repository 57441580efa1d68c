import { CHOSEN } from "./patch.js";

/** What of the report is to be seen. */
export interface Filter {
  /** Words that all stand in a row, in any order and case. */
  readonly words: readonly string[];
  readonly failedOnly: boolean;
}

export function filterOf(text: string, failedOnly: boolean): Filter {
  return {
    words: text
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== ""),
    failedOnly,
  };
}

const ROWS = "tbody > tr, li.finding";

/**
 * Hides the rows that are not asked for, and what is empty without them. A scenario with a row that is asked
 * for is open meanwhile.
 * @returns how many rows are seen
 */
export function applyFilter(report: HTMLElement, { words, failedOnly }: Filter): number {
  const isOn = words.length > 0 || failedOnly;
  let seen = 0;
  for (const row of report.querySelectorAll<HTMLElement>(ROWS)) {
    const isSeen = !isOn || ((!failedOnly || row.matches(".failed")) && holdsAll(row, words));
    row.hidden = !isSeen;
    if (isSeen) seen += 1;
  }
  for (const holder of report.querySelectorAll<HTMLElement>(
    "table, ul.findings, details.scenario, section",
  )) {
    holder.hidden = isOn && !holder.querySelector(`:is(${ROWS}):not([hidden])`);
  }
  for (const note of report.querySelectorAll<HTMLElement>("nav, .none, .more")) note.hidden = isOn;
  for (const scenario of report.querySelectorAll<HTMLDetailsElement>("details.scenario"))
    openFor(scenario, isOn);
  return seen;
}

const OPENED = "data-opened";

function openFor(scenario: HTMLDetailsElement, isOn: boolean): void {
  if (isOn && !scenario.hidden && !scenario.open) {
    scenario.open = true;
    scenario.setAttribute(OPENED, "");
  } else if (!isOn && scenario.hasAttribute(OPENED)) {
    scenario.open = false;
    scenario.removeAttribute(OPENED);
    scenario.removeAttribute(CHOSEN);
  }
}

function holdsAll(row: HTMLElement, words: readonly string[]): boolean {
  const text = (row.textContent ?? "").toLowerCase();
  return words.every((word) => text.includes(word));
}
