import { parse, type SourceFile } from "../syntax/index.js";
import { textsOf } from "./columns.js";
import { type Item, itemsOf } from "./items.js";
import { linesOf } from "./layout.js";
import { sameMeaning } from "./same.js";

/** A text in the layout of the language, and what of it could not be brought there. */
export interface Formatted {
  readonly text: string;
  /** UTF-16 offsets, in the text as it was, of what is not understood and was left as it is; in text order. */
  readonly kept: readonly { readonly start: number; readonly end: number }[];
}

/**
 * Lays a text out: one statement per line, columns aligned, comments where they were. Only blanks and line
 * ends change, and formatting the result changes nothing. What has a mistake in it stays byte for byte: the
 * statement, or the whole text when it is not certain where statements begin and end.
 */
export function format(text: string): string {
  return formatted(text).text;
}

/**
 * The same as `format`, with the places that were left alone.
 * @param source a text, or its tree where that is known already
 */
export function formatted(source: string | SourceFile): Formatted {
  const file = typeof source === "string" ? parse(source) : source;
  const { text } = file;
  if (file.issues.length === 0) return laidOut(file, false) ?? unchanged(text);
  for (const coarse of [false, true]) {
    const attempt = laidOut(file, coarse);
    if (attempt !== undefined && isStable(file, attempt.text, coarse)) return attempt;
  }
  return unchanged(text);
}

function laidOut(file: SourceFile, coarse: boolean): Formatted | undefined {
  const items = itemsOf(file, coarse);
  if (items === undefined) return undefined;
  const lines = textsOf(linesOf(file.tokens, items));
  const text = lines.length === 0 ? "" : `${lines.join("\n")}\n`;
  const kept = keptIn(items).map(({ first, last }) => ({
    start: file.tokens.start(first),
    end: file.tokens.end(last),
  }));
  return { text: endsWithCrLf(file.text) ? text.replace(/\r?\n/g, "\r\n") : text, kept };
}

/** How the parser recovers from a mistake depends on lines, so that a broken text is looked at again. */
function isStable(file: SourceFile, text: string, coarse: boolean): boolean {
  const again = parse(text);
  return sameMeaning(file, again) && laidOut(again, coarse)?.text === text;
}

function keptIn(items: readonly Item[]): Item[] {
  return items.flatMap((item) => (item.kept ? [item] : keptIn(item.block?.items ?? [])));
}

function unchanged(text: string): Formatted {
  return { text, kept: [{ start: 0, end: text.length }] };
}

/** Whether every line of a text, and there are some, ends with CR LF. */
function endsWithCrLf(text: string): boolean {
  return text.includes("\n") && !/\r(?!\n)|(?<!\r)\n/.test(text);
}
