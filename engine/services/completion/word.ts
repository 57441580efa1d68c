import type { TextRange } from "../view.js";

/** The word in which an offset lies, or which it touches; empty where there is none. */
export interface WordAt extends TextRange {
  /** What of it stands before the offset. */
  readonly typed: string;
}

/** Nothing else in the language has a colon, so what is left of a PCI address is known by it. */
const PCI_BEFORE = /(?<![\w:.-])[0-9a-fA-F]{1,8}:[0-9a-fA-F:.]*$/;
const PCI_AFTER = /^[0-9a-fA-F:.]*/;

/** A name, a word or a number; a hyphen counts when a letter stands before it, also as the last character. */
const WORD_BEFORE = /[A-Za-z0-9_](?:\w|-(?=\w|$))*$/;
const WORD_AFTER = /^(?:\w|-(?=\w))*/;

/** Marks of two or three characters of which the first ones are typed. */
const MARK_BEFORE = /(?:#\w*|[-=])$/;
const MARK_AFTER: readonly (readonly [begins: string, rest: RegExp])[] = [
  ["#", /^\w*/],
  ["-", /^>?/],
  ["=", /^[>=]?/],
];

/** Longest word that is looked for; names and numbers of people are far shorter. */
const LONGEST = 256;

/**
 * The word at an offset of a text, in or right behind it: an identifier with its hyphens, a number, a PCI
 * address, or the beginning of `->`, `=>`, `==` and `#gp`.
 * @param offset UTF-16 units
 */
export function wordAt(text: string, offset: number): WordAt {
  const before = text.slice(Math.max(0, offset - LONGEST), offset);
  const after = text.slice(offset, offset + LONGEST);
  const found = pciAt(before, after) ?? plainAt(before, after) ?? markAt(before, after);
  const [typed, rest] = found ?? ["", restOf("", after)];
  return { typed, start: offset - typed.length, end: offset + rest.length };
}

type Halves = readonly [typed: string, rest: string];

function pciAt(before: string, after: string): Halves | undefined {
  const typed = PCI_BEFORE.exec(before)?.[0];
  return typed === undefined ? undefined : [typed, PCI_AFTER.exec(after)?.[0] ?? ""];
}

function plainAt(before: string, after: string): Halves | undefined {
  // In `wq0->gva` the hyphen is half of the arrow.
  const word = after.startsWith(">") ? before.replace(/-$/, "\n") : before;
  const typed = WORD_BEFORE.exec(word)?.[0];
  if (typed === undefined) return undefined;
  return [typed, restOf(typed, after)];
}

/** What of the word stands behind the offset. */
function restOf(typed: string, after: string): string {
  const isPci = /^[0-9a-fA-F]+:/.test(typed + after.replace(/[^\w:].*$/s, ""));
  return (isPci ? PCI_AFTER : WORD_AFTER).exec(after)?.[0] ?? "";
}

function markAt(before: string, after: string): Halves | undefined {
  const typed = MARK_BEFORE.exec(before)?.[0];
  if (typed === undefined) return undefined;
  const rest = MARK_AFTER.find(([begins]) => typed.startsWith(begins))?.[1].exec(after)?.[0];
  return [typed, rest ?? ""];
}
