import { tell } from "./editor.js";
import { CHOSEN } from "./patch.js";

/** Counts the questions, so that an answer finds the place that asked. */
let asked = 0;

/** Fetches the stages of a walk when somebody opens them, and remembers what was opened and closed by hand. */
export function listenToDetails(report: HTMLElement, number: () => number): void {
  report.addEventListener("click", ({ target }) => {
    const details = target instanceof Element ? target.closest("summary")?.parentElement : undefined;
    details?.setAttribute(CHOSEN, "");
  });
  // Such an event does not bubble, but it can be caught on its way.
  report.addEventListener(
    "toggle",
    ({ target }) => {
      if (target instanceof HTMLDetailsElement && target.open) ask(target, number());
    },
    true,
  );
}

/** After the report changed: open stages may be others now. */
export function refreshStages(report: HTMLElement, number: number): void {
  for (const details of report.querySelectorAll<HTMLDetailsElement>("details.stages[open]")) {
    ask(details, number);
  }
}

function ask(details: HTMLDetailsElement, number: number): void {
  const { step, scenario } = details.dataset;
  if (step === undefined) return;
  asked += 1;
  details.id = `stages-${asked}`;
  tell({
    kind: "stages",
    number,
    id: details.id,
    step: Number(step),
    ...(scenario !== undefined && { scenario: Number(scenario) }),
  });
}

/** The answer: it takes the place of what was there. @param html of the server, in which all text is escaped */
export function showStages(id: string, html: string | null): void {
  const details = document.getElementById(id);
  const summary = details?.querySelector("summary");
  if (!details || !summary) return;
  const content = document.createElement("template");
  content.innerHTML = html ?? '<p class="none">This walk is not the one of the file any more.</p>';
  details.replaceChildren(summary, content.content);
}
