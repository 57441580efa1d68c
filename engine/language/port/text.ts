import { formatSize, lengthOf, type Range } from "../../address/index.js";
import { accessLetters, READ, WRITE } from "../../simulator/index.js";
import { groupedHex } from "../run/words.js";

/** A range as the language writes it. */
export function rangeText(range: Range): string {
  const length = lengthOf(range);
  return length
    ? `${groupedHex(range.start)} + ${formatSize(length)}`
    : `${groupedHex(range.start)}..${groupedHex(range.last)}`;
}

/** The access of a mapping behind its target; empty for `rw`, which is meant without it. */
export function accessText(access: number): string {
  return access === (READ | WRITE) ? "" : ` ${accessLetters(access)}`;
}

interface At {
  readonly start: number;
  readonly end: number;
}

/** Puts other texts in the place of some nodes of a statement. */
export function edited(source: string, at: At, edits: readonly (readonly [At, string])[]): string {
  let text = "";
  let from = at.start;
  for (const [node, replacement] of [...edits].sort(([a], [b]) => a.start - b.start)) {
    text += source.slice(from, node.start) + replacement;
    from = node.end;
  }
  return text + source.slice(from, at.end);
}
