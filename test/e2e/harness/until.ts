import { setTimeout as pause } from "node:timers/promises";

/** Between two looks at a condition that nothing reports. */
const LOOK_EVERY_MS = 25;

/**
 * Waits until a condition holds.
 *
 * @param limitMs when to give up
 * @returns whether it has come to hold
 */
export async function until(condition: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > end) return false;
    await pause(LOOK_EVERY_MS);
  }
  return true;
}
