import type { StepResult } from "../run/result.js";
import { type Stretch, stretchesOf } from "./original-places.js";

/** What a statement of the ported text is to whoever holds it against the original. */
export type Role =
  /** A call that both interfaces have. */
  | "call"
  /** A request or a page response: what becomes of it must be the same. */
  | "request"
  /** An assertion that must hold when the original did. */
  | "claim"
  /** A call that the other interface needs besides. */
  | "made";

/** One statement of the ported text. */
export interface Line {
  readonly role: Role;
  /** Without its outcome. */
  text: string;
  /** The outcome as it is written, with the blanks before it; empty where none is stated. */
  outcome: string;
  /** What the statement came to before; `undefined` for one that is made. */
  readonly original: StepResult | undefined;
  /** The owner of the device has moved to another host since the scenario began. */
  readonly migrated: boolean;
}

/** What stands in the place of a statement: statements, and texts that became comments. */
export type Part = Line | { readonly comment: string };

/** A statement of the original, its body included, and what stands in its place. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  parts: Part[];
  /** The statement with its body in braces; `undefined` where the lines of the body stand apart, as parts. */
  whole: Line | undefined;
}

/** A ported text and where its statements begin. */
export interface Rendered {
  readonly text: string;
  /** Each statement by the offset of its first word. */
  readonly lines: ReadonlyMap<number, Placed>;
  /** Where each part of the text comes from, in text order. */
  readonly stretches: readonly Stretch[];
}

export interface Placed {
  readonly line: Line;
  readonly piece: Piece;
  readonly end: number;
}

export function isLine(part: Part): part is Line {
  return "role" in part;
}

/**
 * Puts pieces in the place of their statements; everything between them stays as it is.
 * @param pieces in text order, without overlaps
 */
export function render(source: string, pieces: readonly Piece[]): Rendered {
  const lines = new Map<number, Placed>();
  const stretches: Stretch[] = [];
  let text = "";
  let at = 0;
  for (const piece of pieces) {
    stretches.push({ start: text.length, from: { start: at, end: piece.start }, isCopy: true });
    text += source.slice(at, piece.start);
    at = piece.end;
    const parts = piece.whole ? [piece.whole] : piece.parts;
    if (parts.length === 0) {
      at = removeLine(source, piece, text);
      if (at > piece.end) text = text.replace(/[ \t]*$/, "");
      continue;
    }
    const indent = /^[ \t]*/.exec(source.slice(source.lastIndexOf("\n", piece.start - 1) + 1))![0];
    for (const [index, part] of parts.entries()) {
      if (index > 0) text += `\n${indent}`;
      const from = (!piece.whole && isLine(part) && part.original?.step.span) || piece;
      stretches.push(...stretchesOf(isLine(part) ? part.text : "", text.length, source, from));
      if (isLine(part)) {
        const start = text.length;
        text += part.text + part.outcome;
        lines.set(start, { line: part, piece, end: text.length });
      } else {
        const isLast = index === parts.length - 1;
        text += commentText(part.comment, indent, isLast && goesOn(source, piece.end));
      }
    }
  }
  stretches.push({ start: text.length, from: { start: at, end: source.length }, isCopy: true });
  return { text: text + source.slice(at), lines, stretches };
}

/** Where the text goes on when nothing stands in the place of a statement: behind its line if that is empty. */
function removeLine(source: string, { start, end }: Piece, before: string): number {
  const isFirst = /(^|\n)[ \t]*$/.test(before) && start > 0;
  const rest = /^[ \t]*(?:\r?\n|$)/.exec(source.slice(end));
  return isFirst && rest ? end + rest[0].length : end;
}

/** Whether something else than a comment follows on the line. */
function goesOn(source: string, end: number): boolean {
  return !/^[ \t]*(?:\/\/|\r|\n|$)/.test(source.slice(end));
}

/** A statement as a comment; what was aligned is no more, and no comment ends early. */
function commentText(comment: string, indent: string, inline: boolean): string {
  const text = comment.replace(/[ \t]+=>/g, " =>");
  if (inline) return `/* ${text.replaceAll("*/", "* /")} */`;
  return text
    .split(/\r?\n/)
    .map((line) => `// ${line.trim()}`)
    .join(`\n${indent}`);
}
