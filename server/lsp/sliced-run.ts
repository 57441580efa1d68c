import type { CancellationToken } from "vscode-languageserver";
import type { Program, Run } from "../../engine/language/index.js";
import type { Environment } from "./environment.js";

/** Steps between two looks at the clock: few, since a request for a large range takes a while. */
const STEPS = 8;

/** Milliseconds until messages are heard again; one that comes in needs some turns until it is handled. */
export const TURN_MILLISECONDS = 4;

/** More often than this many milliseconds nobody reads how far a run is. */
const TELL_MILLISECONDS = 100;

/**
 * Runs for as long as messages may wait.
 * @param stepped hears of the steps that have run
 * @returns false when everything has run
 */
export function runSlice(run: Run, environment: Environment, stepped?: (steps: number) => void): boolean {
  const turnEnds = environment.now() + TURN_MILLISECONDS;
  do {
    if (!run.advance(STEPS)) return false;
    stepped?.(STEPS);
  } while (environment.now() < turnEnds);
  return true;
}

/**
 * Runs to the end in slices, between which messages are heard.
 * @param tell is told some times a second how many steps have run
 * @returns false when the request was cancelled before the end
 */
export async function runSliced(
  run: Run,
  environment: Environment,
  token: CancellationToken,
  tell: (done: number) => void,
): Promise<boolean> {
  let done = 0;
  let toldAt = environment.now();
  for (;;) {
    const isOver = !runSlice(run, environment, (steps) => {
      done += steps;
    });
    if (isOver) return true;
    if (environment.now() - toldAt >= TELL_MILLISECONDS) {
      toldAt = environment.now();
      tell(done);
    }
    await environment.nextTurn();
    if (token.isCancellationRequested) return false;
  }
}

/** A run of more steps is one that somebody would wait for. */
const MANY_STEPS = 2_000;

/** Whether a run of a program takes long, whatever its steps are. */
export function isLongRun(program: Program): boolean {
  return stepCount(program) > MANY_STEPS;
}

/** How many steps a run of a program has. @param titles of the scenarios that run; all when left out */
export function stepCount({ start, scenarios }: Program, titles?: ReadonlySet<string>): number {
  const running = titles ? scenarios.filter(({ title }) => titles.has(title)) : scenarios;
  return running.reduce((sum, { steps }) => sum + steps.length, start.length);
}
