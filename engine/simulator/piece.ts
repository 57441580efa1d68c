/**
 * Some of the items of a long list, which is not made as a whole.
 * @param from how many to pass over
 * @param count how many to give at most
 */
export function pieceOf<T>(all: Iterable<T>, from: number, count: number): T[] {
  const found: T[] = [];
  let at = 0;
  for (const each of all) {
    if (at >= from + count) break;
    if (at >= from) found.push(each);
    at += 1;
  }
  return found;
}
