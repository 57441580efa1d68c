import { ACCESS_OPERATIONS } from "./access-operations.js";
import { IOAS_OPERATIONS } from "./ioas-operations.js";
import { TABLE_OPERATIONS } from "./table-operations.js";

/** What carries each operation of the corpus format out. */
export const OPERATIONS = { ...IOAS_OPERATIONS, ...TABLE_OPERATIONS, ...ACCESS_OPERATIONS };

export function isOperation(name: string): boolean {
  return Object.hasOwn(OPERATIONS, name);
}
