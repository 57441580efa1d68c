import { countText } from "../names.js";

/** Rows of one list that a page shows unless it is told otherwise. */
export const PAGE_ROWS = 500;

/**
 * What a page shows of a long list: what failed first of all, then as many of the others as there is room
 * for, all in their own order.
 * @param most number of rows, at least 1
 */
export function limited<T>(
  rows: readonly T[],
  most: number,
  isFailed: (row: T) => boolean = () => false,
): { readonly shown: readonly T[]; readonly more: string | undefined } {
  if (rows.length <= most) return { shown: rows, more: undefined };
  const failed = rows.filter(isFailed).length;
  let [roomForFailed, room] = [Math.min(failed, most), most - Math.min(failed, most)];
  const shown = rows.filter((row) => (isFailed(row) ? roomForFailed-- > 0 : room-- > 0));
  const hidden = rows.length - shown.length;
  const hiddenFailed = Math.max(0, failed - most);
  const note = hiddenFailed > 0 ? `, ${countText(hiddenFailed)} of them failed` : "";
  return { shown, more: `… and ${countText(hidden)} more${note}` };
}
