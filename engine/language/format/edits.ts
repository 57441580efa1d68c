import type { SourceFile } from "../syntax/index.js";
import { formatted } from "./format.js";

/** Replaces a piece of the text as it was, by UTF-16 offsets (`end` exclusive). */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface EditOptions {
  /** Only lines that this piece of the text touches are formatted; UTF-16 offsets, `end` exclusive. */
  readonly range?: { readonly start: number; readonly end: number };
}

/**
 * What `format` changes, as small edits in text order that do not overlap. Each replaces blanks and line ends
 * alone, so that cursors, selections and breakpoints stay at their words.
 * @param source a text, or its tree where that is known already
 */
export function formatEdits(source: string | SourceFile, options: EditOptions = {}): TextEdit[] {
  const text = typeof source === "string" ? source : source.text;
  const edits = blankEdits(text, formatted(source).text);
  const { range } = options;
  if (range === undefined) return edits;
  const first = lineStart(text, Math.min(range.start, range.end));
  const last = lineEnd(text, Math.max(range.start, range.end));
  return edits.filter(({ start, end }) => first <= start && end <= last);
}

/** The edits between two texts that differ in blanks and line ends alone. */
function blankEdits(before: string, after: string): TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  let to = 0;
  while (at < before.length || to < after.length) {
    if (at < before.length && before.charCodeAt(at) === after.charCodeAt(to)) {
      at++;
      to++;
      continue;
    }
    const start = at;
    const from = to;
    at = blanksEnd(before, at);
    to = blanksEnd(after, to);
    if (at === start && to === from) throw new Error(`The layout changed a word at ${at}.`);
    const same = sameEnd(before.slice(start, at), after.slice(from, to));
    edits.push({ start, end: at - same, text: after.slice(from, to - same) });
  }
  return edits;
}

function blanksEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && /\s/.test(text.charAt(end))) end++;
  return end;
}

/** Units that two pieces of text have in common at their ends; CR LF is in it whole or not at all. */
function sameEnd(a: string, b: string): number {
  let same = 0;
  while (same < a.length && same < b.length && a.at(-1 - same) === b.at(-1 - same)) same++;
  const cut = same > 0 && a.at(-same) === "\n" && a.at(-1 - same) === "\r";
  return cut ? same - 1 : same;
}

function lineStart(text: string, offset: number): number {
  let start = Math.max(offset, 0);
  while (start > 0 && !/[\r\n]/.test(text.charAt(start - 1))) start--;
  return start;
}

/** The end of the line that holds `offset`, its line end not counted. */
function lineEnd(text: string, offset: number): number {
  let end = Math.min(offset, text.length);
  while (end < text.length && !/[\r\n]/.test(text.charAt(end))) end++;
  return end;
}
