import type { Documents } from "./documents.js";

/** A text of more UTF-16 units than this takes a while to compile: nobody shall wait for that at each key. */
const MANY_UNITS = 128 * 1024;

/** Whether a document is so large that what can be answered without the compiler is answered before it. */
export function isLargeText(documents: Documents, key: string): boolean {
  return (documents.get(key)?.places.text.length ?? 0) > MANY_UNITS;
}
