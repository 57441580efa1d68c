import { tell } from "./editor.js";
import type { Absence } from "./messages.js";

interface Words {
  readonly title: string;
  readonly text: string;
  readonly button?: { readonly label: string; readonly kind: "sample" | "again" };
}

const SAMPLE = { label: "New Configuration from Sample…", kind: "sample" } as const;
const AGAIN = { label: "Simulate again", kind: "again" } as const;

const WORDS: Readonly<Record<Absence, Words>> = {
  "no-file": {
    title: "No configuration is open",
    text: "Open an .ioasid file, and its report stands here and follows what you type.",
    button: SAMPLE,
  },
  simulating: { title: "Simulating…", text: "The report stands here as soon as the run has ended." },
  "too-large": {
    title: "The file is too large to be simulated while you type",
    text: "Files of more than 8 MB are checked, and not run. On the command line, ioasid run has no such limit.",
  },
  stopped: { title: "The run was stopped", text: "There is no report of a part of a run.", button: AGAIN },
  unknown: {
    title: "The file is not there any more",
    text: "It is neither open nor in a folder of the workspace. Open another .ioasid file to see its report.",
    button: SAMPLE,
  },
  failed: { title: "The language server has no answer", text: "", button: AGAIN },
};

/** Shows, instead of a report, why there is none and what to do about it. */
export function showAbsence(report: HTMLElement, why: Absence, reason: string | undefined): string {
  const { title, text, button } = WORDS[why];
  const article = document.createElement("article");
  article.className = `absent ${why}`;
  article.append(withText("h1", title), withText("p", reason ?? text));
  if (button) {
    const element = withText("button", button.label) as HTMLButtonElement;
    element.type = "button";
    element.addEventListener("click", () => tell({ kind: button.kind }));
    article.append(element);
  }
  report.replaceChildren(article);
  return title;
}

function withText(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
