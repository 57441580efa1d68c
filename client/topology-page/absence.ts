import type { Absence } from "./messages.js";

const WORDS: Readonly<Record<Absence, string>> = {
  "no-file": "Open an .ioasid file, or debug a scenario, and its topology stands here.",
  simulating: "Simulating…",
  "too-large": "The file is too large to be simulated while you type.",
  stopped: "The run was stopped, so there is no state to show.",
  unknown: "The file is not there any more.",
  failed: "There is no answer.",
};

/** Says why there is no picture. */
export function absenceText(why: Absence, text: string | undefined): string {
  return text ?? WORDS[why];
}
