import type { At } from "../syntax/index.js";

/*
 * Where a statement goes in a text, so that the file looks as if its author had written it. Each function
 * gives the piece of text that is replaced, and what stands there afterwards.
 */

/** A change of one text. */
export interface Change extends At {
  readonly text: string;
}

/** A statement in front of another: on a line of its own where the other one begins its line. */
export function before(text: string, { start }: At, statement: string): Change {
  const line = lineStart(text, start);
  const indent = text.slice(line, start);
  const separator = indent.trim() === "" ? newlineOf(text, start) + indent : "  ";
  return { start, end: start, text: statement + separator };
}

/** A statement behind another: on a line of its own where nothing but a comment follows on the line. */
export function after(text: string, { start, end }: At, statement: string): Change {
  const stop = lineEnd(text, end);
  if (!/^[ \t]*(\/\/.*)?$/.test(text.slice(end, stop))) return { start: end, end, text: `  ${statement}` };
  const indent = /^[ \t]*/.exec(text.slice(lineStart(text, start), start))?.[0] ?? "";
  return { start: stop, end: stop, text: newlineOf(text, end) + indent + statement };
}

/** A statement taken away, with its line where it has one to itself. */
export function without(text: string, { start, end }: At): Change {
  const line = lineStart(text, start);
  const stop = lineEnd(text, end);
  const rest = text.slice(end, stop);
  if (text.slice(line, start).trim() === "") {
    if (rest.trim() !== "") return { start, end: end + blanks(rest), text: "" };
    const next = text.startsWith("\r\n", stop) ? stop + 2 : Math.min(stop + 1, text.length);
    return { start: line, end: next, text: "" };
  }
  return { start: start - trailingBlanks(text.slice(line, start)), end, text: "" };
}

/** A part of a statement taken away, with the blanks in front of it. */
export function withoutPart(text: string, { start, end }: At): Change {
  const line = lineStart(text, start);
  return { start: start - trailingBlanks(text.slice(line, start)), end, text: "" };
}

/** Offset at which the line of `offset` begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Offset of the line break that ends the line of `offset`, or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  if (end < 0) return text.length;
  return end > offset && text[end - 1] === "\r" ? end - 1 : end;
}

/** The line break that the text uses where `offset` is. */
export function newlineOf(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  const found = end < 0 ? text.lastIndexOf("\n") : end;
  return found > 0 && text[found - 1] === "\r" ? "\r\n" : "\n";
}

function blanks(text: string): number {
  return text.length - text.trimStart().length;
}

function trailingBlanks(text: string): number {
  return text.length - text.trimEnd().length;
}
