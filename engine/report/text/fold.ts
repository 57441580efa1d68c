import { countText } from "../names.js";

/** Rows that a list shows before it is folded; JSON has all of them. */
export const ROWS_SHOWN = 40;

/**
 * The first rows of a long list and, below them, how many more there are.
 * @param note what to say of the hidden rows, after their number
 */
export function folded<T>(
  rows: readonly T[],
  note: (hidden: readonly T[]) => string = () => "",
): { shown: readonly T[]; more: string | undefined } {
  if (rows.length <= ROWS_SHOWN) return { shown: rows, more: undefined };
  const hidden = rows.slice(ROWS_SHOWN);
  return { shown: rows.slice(0, ROWS_SHOWN), more: `… ${countText(hidden.length)} more${note(hidden)}` };
}
