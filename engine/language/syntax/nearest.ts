/** Largest number of slips that still counts as a typing mistake. */
const LIMIT = 2;

/** Longer words are no typing mistakes of ours, and the cost grows with the product of the lengths. */
const LONGEST = 64;

/**
 * Damerau-Levenshtein distance (optimal string alignment): how many letters to insert, drop, replace, or
 * swap with their neighbour.
 * @returns the distance, or `limit + 1` as soon as it is known to be larger than `limit`
 */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let smallest = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1)
      ) {
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      }
      row.push(cost);
      if (cost < smallest) smallest = cost;
    }
    if (smallest > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}

/**
 * The word among `candidates` that `wrong` was probably meant to be: at most two slips away, and fewer
 * slips than half of its letters, so that `r` is not taken for `on`. Letter case counts for nothing.
 * @returns `undefined` when none is near; the first of those that are equally near
 */
export function nearest<Candidate extends string>(
  wrong: string,
  candidates: Iterable<Candidate>,
): Candidate | undefined {
  if (wrong.length > LONGEST) return undefined;
  const lower = wrong.toLowerCase();
  let best: Candidate | undefined;
  let bestDistance = Math.min(LIMIT, Math.ceil(wrong.length / 2) - 1) + 1;
  for (const candidate of candidates) {
    const found = distance(lower, candidate.toLowerCase(), bestDistance - 1);
    if (found < bestDistance) {
      best = candidate;
      bestDistance = found;
    }
  }
  return best;
}
