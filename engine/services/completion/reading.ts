import { syntax } from "../../language/index.js";
import { type Item, itemsIn, lastFrom, statementOf } from "../structure/statements.js";
import type { TextRange } from "../view.js";

/**
 * The beginning of a text as the parser reads it for a place, without what has no influence on what may stand
 * there: declarations before the last one, and the statements of its blocks before the last one in each.
 */
export class Reading {
  readonly beginning: syntax.Beginning;

  private constructor(
    private readonly text: string,
    /** The pieces of the text that are read, in order. */
    private readonly pieces: readonly TextRange[],
  ) {
    this.beginning = beginningOf(text, pieces);
  }

  /** Reads everything. @param end UTF-16 units */
  static whole(text: string, end: number): Reading {
    return new Reading(text, [{ start: 0, end }]);
  }

  /**
   * Reads as little as is known to be enough.
   * @param tree of a text that begins with the same `same` units as this one
   * @param end where the text ends that is read: in no word or number, UTF-16 units
   */
  static short(tree: syntax.ParsedFile, text: string, same: number, end: number): Reading {
    return new Reading(text, new Cuts(tree, text, Math.min(same, end), same >= end).piecesUpTo(end));
  }

  /** What may stand at a place before the end, in the line of it. */
  wantedAt(end: number): readonly syntax.Wanted[] {
    const last = this.pieces.at(-1)!;
    return beginningOf(this.text, [...this.pieces.slice(0, -1), { start: last.start, end }]).wanted;
  }

  /** Offset in the text of an offset in what was read. */
  absolute(offset: number): number {
    let before = 0;
    for (const { start, end } of this.pieces.slice(0, -1)) {
      if (offset < before + end - start) return start + offset - before;
      before += end - start;
    }
    return this.pieces.at(-1)!.start + offset - before;
  }
}

function beginningOf(text: string, pieces: readonly TextRange[]): syntax.Beginning {
  return syntax.parseBeginning(pieces.map(({ start, end }) => text.slice(start, end)).join(""));
}

/**
 * Finds what of a text may be left out. A statement that is the first of its line is read in the same way
 * whatever stands before it in its list, as long as the list itself goes on.
 */
class Cuts {
  /**
   * @param known so many units of the text are those of the tree
   * @param isExact they go as far as what is read
   */
  constructor(
    private readonly tree: syntax.ParsedFile,
    private readonly text: string,
    private readonly known: number,
    private readonly isExact: boolean,
  ) {}

  piecesUpTo(end: number): TextRange[] {
    const { tree } = this;
    const index = this.lastFirstOfLine(tree.itemBefore(this.known), (at) => tree.item(at));
    if (index < 0) return [{ start: 0, end }];
    const item = tree.item(index);
    const pieces = this.piecesIn(item, index === 0 ? 0 : this.lineBreakBefore(item.start), end);
    // What statements name depends on it.
    const uapi = tree.placesOf("uapi").findLast(({ start }) => start < item.start);
    if (this.hasUapi(uapi?.end ?? 0, pieces.at(-1)!.start)) return [{ start: 0, end }];
    return uapi ? [uapi, ...pieces] : pieces;
  }

  /** Whether the word stands somewhere, be it in a place where it means nothing. */
  private hasUapi(start: number, end: number): boolean {
    const { tokens } = this.tree;
    for (
      let at = this.text.indexOf("uapi", start);
      at >= 0 && at < end;
      at = this.text.indexOf("uapi", at + 1)
    ) {
      if (tokens.kind(tokens.at(at)) === syntax.TokenKind.reserved) return true;
    }
    return false;
  }

  /** The pieces from a place before an item on, without the statements inside of it that do not matter. */
  private piecesIn(item: Item, start: number, end: number): TextRange[] {
    const inside = itemsIn(statementOf(item));
    const index = this.lastFirstOfLine(lastFrom(inside, this.known - 1), (at) => inside[at]!);
    const inner = inside[index];
    if (!inner) return [{ start, end }];
    const brace = this.braceBefore(inside[0]!.start);
    if (index === 0 || brace === undefined || this.isClosedBetween(inside, brace, index)) {
      return this.piecesIn(inner, start, end);
    }
    return [{ start, end: brace }, ...this.piecesIn(inner, this.lineBreakBefore(inner.start), end)];
  }

  /**
   * The last of some items whose beginning is known, and that is the first of its line or of all; -1 for none.
   * @param last of those that begin before what is known ends
   */
  private lastFirstOfLine(last: number, itemAt: (index: number) => Item): number {
    let index = last;
    if (index > 0 && !this.isKnown(itemAt(index))) index -= 1;
    while (index > 0 && !this.isFirstOfLine(itemAt(index))) index -= 1;
    return index;
  }

  /** The word of a statement is all there; where the text goes on as another one, so is what decides about it. */
  private isKnown({ start }: Item): boolean {
    const { tokens } = this.tree;
    return this.isExact && tokens.end(tokens.at(start)) <= this.known;
  }

  private isFirstOfLine({ kind, start }: Item): boolean {
    return kind !== "misplaced" && isLineBreak(this.text.charCodeAt(this.lineBreakBefore(start)));
  }

  /** The place before the blanks in front of a statement: that of a line break when it is the first of its line. */
  private lineBreakBefore(start: number): number {
    let at = start - 1;
    while (at > 0 && isBlank(this.text.charCodeAt(at))) at -= 1;
    return at;
  }

  /** The end of the brace that opens the list of a statement; `undefined` where it is missing. */
  private braceBefore(start: number): number | undefined {
    const { tokens } = this.tree;
    let index = tokens.at(start) - 1;
    while (tokens.kind(index) <= syntax.LAST_TRIVIA) index -= 1;
    const isMark = tokens.kind(index) === syntax.TokenKind.punctuation;
    return isMark && tokens.detail(index) === syntax.Punctuation.openBrace ? tokens.end(index) : undefined;
  }

  /** Behind the end of a block a statement belongs to it that stands as if it were in it. */
  private isClosedBetween(items: readonly Item[], from: number, index: number): boolean {
    let brace = this.text.indexOf("}", from);
    for (let at = 0; at <= index; at += 1) {
      const { start, end } = items[at]!;
      if (brace >= 0 && brace < start) return true;
      if (brace >= 0 && brace < end) brace = this.text.indexOf("}", end);
    }
    return false;
  }
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}
