import type { RunResult } from "../engine/language/index.js";
import { countText, plural } from "../engine/report/index.js";

/**
 * Whether there are more warnings over all files than `--max-warnings` allows.
 * @returns a sentence that says so, or `undefined` while there are few enough or no limit
 */
export function tooManyWarnings(
  results: readonly RunResult[],
  limit: number | undefined,
): string | undefined {
  if (limit === undefined) return undefined;
  const count = results
    .flatMap(({ diagnostics }) => diagnostics)
    .filter(({ severity }) => severity === "warning").length;
  if (count <= limit) return undefined;
  const are = count === 1 ? "is" : "are";
  return `There ${are} ${plural(count, "warning")}, and --max-warnings allows ${countText(limit)}.`;
}

/** The number behind `--max-warnings`; `undefined` for what is no whole number from 0. */
export function warningLimit(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
