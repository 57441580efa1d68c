import { toHex } from "../../address/index.js";
import { stepsRun } from "../position.js";
import type { Problem } from "../query/answer.js";
import type { Thread } from "../thread.js";
import { placeOf, runsOf, writeProblem } from "./place.js";

/** Bytes that one question may be about. */
const LIMIT = 2 ** 24;

/** Bytes of memory from some address on. */
export interface MemoryBytes {
  /** Of the first byte. */
  readonly address: string;
  /** The bytes up to the first one that has no memory behind it. */
  readonly bytes: Uint8Array;
  /** How many after them have none, within what was asked. */
  readonly unreadable: number;
}

/**
 * Reads memory at a thread's position, through what is mapped and not through what a cache still has.
 * @param reference see `memoryReference` @param offset bytes to add to it @param count bytes, up to 16 MiB
 */
export function readMemory(
  thread: Thread,
  reference: string,
  offset: number,
  count: number,
): MemoryBytes | Problem {
  const { machine, position, timeline } = thread;
  const place = placeOf(machine, reference, offset);
  if ("problem" in place) return place;
  if (count > LIMIT) return { problem: `At most ${LIMIT} bytes are read at once.` };
  const bytes = new Uint8Array(count);
  let read = 0;
  let unreadable = 0;
  for (const { physical, length } of runsOf(machine, place, count)) {
    if (physical && unreadable > 0) break;
    if (physical) {
      bytes.set(timeline.contents.read(stepsRun(position), physical, length), read);
      read += length;
    } else unreadable += length;
  }
  return { address: toHex(place.address), bytes: bytes.subarray(0, read), unreadable };
}

/**
 * Writes memory at a thread's position; going back before it takes it back.
 * @param partial write up to the first byte that cannot be written; else nothing is written then
 * @returns how many bytes were written
 */
export function writeMemory(
  thread: Thread,
  reference: string,
  offset: number,
  bytes: Uint8Array,
  partial: boolean,
): number | Problem {
  const { machine, position, timeline } = thread;
  const place = placeOf(machine, reference, offset);
  if ("problem" in place) return place;
  const runs = [...runsOf(machine, place, bytes.length)];
  const wrong = runs.findIndex((run) => writeProblem(run) !== undefined);
  const problem = wrong < 0 ? undefined : writeProblem(runs[wrong]!);
  if (problem !== undefined && (!partial || wrong === 0)) return { problem };
  let written = 0;
  for (const { physical, length } of wrong < 0 ? runs : runs.slice(0, wrong)) {
    const piece = bytes.slice(written, written + length);
    timeline.contents.write(stepsRun(position), physical!, piece);
    written += length;
  }
  return written;
}
