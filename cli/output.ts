import { once } from "node:events";
import type { Writable } from "node:stream";

/** Characters that are written at once. */
const CHUNK = 1 << 16;

/**
 * Depth down to which a JSON value is written in parts: as deep as the steps of the scenarios of the
 * files. No single string ever holds the whole value, which may pass what a string can hold.
 */
const DEPTH = 6;

/** Writes a value as JSON on one line, at the speed of its reader. */
export async function writeJson(stream: Writable, value: unknown): Promise<void> {
  let chunk = "";
  for (const part of jsonParts(value, DEPTH)) {
    chunk += part;
    if (chunk.length < CHUNK) continue;
    await write(stream, chunk);
    chunk = "";
  }
  await write(stream, `${chunk}\n`);
}

/** Writes text, and waits while the stream's buffer is full. */
export async function write(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, "drain");
}

/** The text of a JSON value in parts; together they are what `JSON.stringify` gives. */
function* jsonParts(value: unknown, depth: number): Generator<string> {
  if (depth === 0 || typeof value !== "object" || value === null) {
    yield JSON.stringify(value);
    return;
  }
  const isArray = Array.isArray(value);
  let separator = isArray ? "[" : "{";
  for (const [key, item] of Object.entries(value)) {
    yield isArray ? separator : `${separator}${JSON.stringify(key)}:`;
    yield* jsonParts(item, depth - 1);
    separator = ",";
  }
  if (separator !== ",") yield separator;
  yield isArray ? "]" : "}";
}
