/** The words for the state that no scenario made. */
const WHOLE = "start state";

/** Fills the choice of the state to look at. @param chosen title of a scenario; `null` for the whole file */
export function showScenarios(
  select: HTMLSelectElement,
  scenarios: readonly string[],
  chosen: string | null,
): void {
  const labels = [WHOLE, ...scenarios];
  const isSame =
    select.options.length === labels.length &&
    labels.every((label, index) => select.options[index]?.label === label);
  if (!isSame) {
    // Titles may be alike, or be the words for no scenario: what counts is the number.
    select.replaceChildren(
      ...labels.map((label, index) => new Option(label, index === 0 ? "" : String(index))),
    );
  }
  select.selectedIndex = chosen === null ? 0 : scenarios.indexOf(chosen) + 1;
  select.disabled = scenarios.length === 0;
}
