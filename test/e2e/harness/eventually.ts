import { setTimeout as pause } from "node:timers/promises";
import { inspect } from "node:util";
import { errors } from "playwright-core";

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
 * @param say what of it helps a person who reads that it never came to be so
 * @returns what was seen then
 * @throws with what was seen last, after {@link PATIENCE_MS}
 */
export async function eventually<T>(
  expected: string,
  look: () => Promise<T>,
  holds: (seen: T) => boolean,
  say: (seen: T) => unknown = (seen) => seen,
): Promise<T> {
  let seen = await look();
  const came = await until(async () => {
    if (holds(seen)) return true;
    seen = await look();
    return holds(seen);
  }, PATIENCE_MS);
  if (!came) throw new Error(`There is no ${expected}. Seen instead: ${inspect(say(seen), INSPECT)}`);
  return seen;
}

/** How long a gesture may take to act before it is made again. */
export const GESTURE_LIMIT_MS = 5_000;

/**
 * Makes a gesture until something comes of it, as a person does: a window that is busy loses a key or a click,
 * and a list moves on between the look and the click.
 *
 * @param what the gesture, as the beginning of "… does nothing.", with what was seen if that helps
 * @param make makes it once, with {@link GESTURE_LIMIT_MS} for each part; what takes longer counts as lost
 * @param came whether it has acted
 * @param undo takes away what a lost gesture has left, such as an open menu
 * @throws after {@link PATIENCE_MS}
 */
export async function gesture(
  what: string | (() => string),
  make: () => Promise<void>,
  came: () => Promise<boolean>,
  undo: () => Promise<void> = async () => {},
): Promise<void> {
  const done = await until(async () => {
    if ((await inTime(make)) && (await until(came, GESTURE_LIMIT_MS))) return true;
    await undo();
    return false;
  }, PATIENCE_MS);
  if (!done) throw new Error(`${typeof what === "string" ? what : what()} does nothing.`);
}

async function inTime(make: () => Promise<void>): Promise<boolean> {
  try {
    await make();
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}

const INSPECT = { depth: 4, breakLength: 110, maxArrayLength: 200 };
