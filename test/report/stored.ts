import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/**
 * Compares a text with the one that is stored. `REFRESH=1 npm test` stores what came out instead; read
 * the difference before you commit it, and be able to explain each line.
 */
export function assertStored(path: string, actual: string): void {
  if (process.env.REFRESH) writeFileSync(path, actual);
  assert.ok(existsSync(path), `${path} is missing; REFRESH=1 npm test writes it`);
  assert.equal(actual, readFileSync(path, "utf8"));
}
