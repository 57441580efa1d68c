import { setImmediate as nextTurn } from "node:timers/promises";
import type { Run } from "../engine/language/index.js";

/** Steps between two looks at the clock, and milliseconds between two looks at signals. */
const STEPS = 64;
const TURN_MILLISECONDS = 50;

/** Something that wants to know how far a run is. */
export interface Watcher {
  /** @param steps how many have run */
  progress(steps: number): void;
  /** Asked between slices; true ends the run where it is. */
  isStopped(): boolean;
}

/**
 * Runs to the end in slices, so that signals are heard and progress is shown.
 * @returns false when the watcher stopped it
 */
export async function runInSlices(run: Run, watcher: Watcher): Promise<boolean> {
  let steps = 0;
  for (;;) {
    const turnEnds = performance.now() + TURN_MILLISECONDS;
    do {
      if (!run.advance(STEPS)) return true;
      steps += STEPS;
    } while (performance.now() < turnEnds);
    watcher.progress(steps);
    await nextTurn();
    if (watcher.isStopped()) return false;
  }
}
