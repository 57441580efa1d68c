import type { Program } from "../engine/language/index.js";
import { countText } from "../engine/report/index.js";
import type { Watcher } from "./slices.js";

/** A run shorter than this shows no progress; a longer one shows it this often. */
const QUIET_MILLISECONDS = 1000;
const EVERY_MILLISECONDS = 100;
const CLEAR_LINE = "\r\u001b[K";

/** Where progress is shown. */
export interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Hears SIGINT and shows how far a run is, on a terminal, while `work` goes on.
 * @param now milliseconds since any moment
 */
export async function watched<T>(
  program: Program,
  terminal: Terminal,
  work: (watcher: Watcher) => Promise<T>,
  now: () => number = () => performance.now(),
): Promise<T> {
  const total = program.scenarios.reduce((sum, { steps }) => sum + steps.length, program.start.length);
  let isStopped = false;
  let shownAt = now() + QUIET_MILLISECONDS - EVERY_MILLISECONDS;
  let isShown = false;
  const stop = () => {
    isStopped = true;
  };
  const watcher: Watcher = {
    isStopped: () => isStopped,
    progress(steps) {
      if (!terminal.isTTY || now() - shownAt < EVERY_MILLISECONDS) return;
      shownAt = now();
      isShown = true;
      const done = countText(Math.min(steps, total));
      terminal.write(`${CLEAR_LINE}${program.file}: ${done} of ${countText(total)} steps`);
    },
  };
  process.once("SIGINT", stop);
  try {
    return await work(watcher);
  } finally {
    process.removeListener("SIGINT", stop);
    if (isShown) terminal.write(CLEAR_LINE);
  }
}
