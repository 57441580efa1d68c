import type { Span } from "../program.js";
import type { Inlined } from "./imports.js";

/** A stretch of a ported text, and where it comes from. */
export interface Stretch {
  /** Where it begins in the ported text. */
  readonly start: number;
  /** What stood there; of a copy, its first character. */
  readonly from: { readonly start: number; readonly end: number };
  /** It is the same as in the original, character by character. */
  readonly isCopy: boolean;
}

/** Where what stands in a ported text was written. */
export type OriginalPlaces = (at: { readonly start: number; readonly end: number }) => Span;

/**
 * Where a statement of a ported text comes from: each line of a body from its own, where the body kept its lines.
 * @param start of the statement in the ported text
 * @param from what stood there in the source
 */
export function stretchesOf(
  text: string,
  start: number,
  source: string,
  from: { readonly start: number; readonly end: number },
): Stretch[] {
  const was = source.slice(from.start, from.end).split("\n");
  const is = text.split("\n");
  if (is.length !== was.length) return [{ start, from: { start: from.start, end: from.end }, isCopy: false }];
  let [to, at] = [start, from.start];
  return is.map((line, index) => {
    const stretch = { start: to, from: { start: at, end: at + was[index]!.length }, isCopy: false };
    to += line.length + 1;
    at += was[index]!.length + 1;
    return stretch;
  });
}

/**
 * Leads from a ported text to the statements that it was made of.
 * @param stretches of the text as it was put together, ascending, the first one at 0
 * @param source what was ported, where imports were put in their places
 */
export function originalPlaces(
  stretches: readonly Stretch[],
  source: Pick<Inlined, "placeOf">,
): OriginalPlaces {
  const starts = stretches.map(({ start }) => start);
  const startOf = (offset: number): number => {
    const { start, from, isCopy } = stretches[below(starts, offset + 1)]!;
    return isCopy ? from.start + offset - start : from.start;
  };
  const endOf = (offset: number): number => {
    const { start, from, isCopy } = stretches[below(starts, offset)]!;
    return isCopy ? from.start + offset - start : from.end;
  };
  return ({ start, end }) => {
    const first = source.placeOf(startOf(start));
    const last = source.placeOf(endOf(end) - 1);
    const isOne = last.file === first.file;
    return { file: first.file, start: first.offset, end: isOne ? last.offset + 1 : first.offset };
  };
}

/**
 * The same behind a layout, which has changed nothing but blanks and line ends.
 * @param before the text that `places` is about
 * @param after the text as it was laid out
 */
export function throughLayout(places: OriginalPlaces, before: string, after: string): OriginalPlaces {
  // Whoever wants the text alone never asks.
  let known: { readonly inBefore: readonly number[]; readonly inAfter: readonly number[] } | undefined;
  return ({ start, end }) => {
    known ??= { inBefore: letters(before), inAfter: letters(after) };
    const { inBefore, inAfter } = known;
    const first = below(inAfter, start) + 1;
    const last = below(inAfter, end);
    return places({ start: inBefore[first]!, end: inBefore[last]! + 1 });
  };
}

/** Offsets of what is no blank, and no line end. */
function letters(text: string): number[] {
  const found: number[] = [];
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > BLANK) found.push(at);
  return found;
}

/** The last of the characters that stand between words. */
const BLANK = 0x20;

/** The index of the last number below a limit in an ascending list, or -1. */
function below(list: readonly number[], limit: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
