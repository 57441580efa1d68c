import { setTimeout as pause } from "node:timers/promises";

/** Between two looks at what reports nothing by itself. */
const LOOK_EVERY_MS = 25;

/** What a test waits for at the most, when it says nothing else. A slow machine under load needs seconds. */
export const PATIENCE_MS = 60_000;

/**
 * Waits until a condition holds.
 *
 * @returns whether it has come to hold within `limitMs`
 */
export async function until(condition: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > end) return false;
    await pause(LOOK_EVERY_MS);
  }
  return true;
}

/**
 * Looks at something until it is as it should be.
 *
 * @param expected what it should be, as the end of "There is no …"
 * @param look tells how it is now
 * @param holds whether that is as it should be
 * @returns what was seen then
 * @throws with what was seen last, after `limitMs`
 */
export async function eventually<T>(
  expected: string,
  look: () => Promise<T>,
  holds: (seen: T) => boolean,
  limitMs = PATIENCE_MS,
): Promise<T> {
  let seen = await look();
  const came = await until(async () => {
    if (holds(seen)) return true;
    seen = await look();
    return holds(seen);
  }, limitMs);
  if (!came) throw new Error(`There is no ${expected}. Seen instead: ${JSON.stringify(seen, undefined, 2)}`);
  return seen;
}
