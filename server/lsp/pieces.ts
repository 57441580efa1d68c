import type { ResultProgressReporter } from "vscode-languageserver";

/** So many entries are sent at once: few messages, and the first ones show while the others are on their way. */
const PIECE = 500;

/**
 * The answer of a request for a list: to a client that takes it piece by piece, in pieces and then nothing more,
 * as the protocol has it, and to others as it is.
 */
export function inPieces<T>(entries: T[], partial: ResultProgressReporter<T[]> | undefined): T[] {
  if (!partial) return entries;
  for (let from = 0; from < entries.length; from += PIECE) partial.report(entries.slice(from, from + PIECE));
  return [];
}
