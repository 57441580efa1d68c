/** A place as editors count: 0-based line, and 0-based UTF-16 units in it. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Translates between offsets and lines; a line ends with LF, CR LF or CR. */
export interface LineMap {
  readonly lineCount: number;
  /** @param offset clamped to the text */
  position(offset: number): Position;
  /** Offset of a place; a character past the end of its line gives the line's end, before its break. */
  offset(position: Position): number;
  /** Offset at which a line begins. */
  lineStart(line: number): number;
  /**
   * The map of a text in which a piece of this one was replaced, made of this one.
   * @param text the whole new text
   * @param start where the piece was, UTF-16 units
   * @param end of the piece in this text, exclusive
   */
  edited(text: string, start: number, end: number): LineMap;
}

export function lineMap(text: string): LineMap {
  return mapOf(text, lineStarts(text));
}

function mapOf(text: string, starts: ArrayLike<number>): LineMap {
  const lineOf = (offset: number): number => firstFrom(starts, offset + 1) - 1;
  const lineEnd = (line: number): number => {
    let end = starts[line + 1];
    if (end === undefined) return text.length;
    end -= 1;
    if (text.charCodeAt(end) === 0x0a && end > starts[line]! && text.charCodeAt(end - 1) === 0x0d) end -= 1;
    return end;
  };
  return {
    lineCount: starts.length,
    position(offset) {
      const inside = Math.max(0, Math.min(offset, text.length));
      const line = lineOf(inside);
      return { line, character: inside - starts[line]! };
    },
    offset({ line, character }) {
      if (line < 0) return 0;
      if (line >= starts.length) return text.length;
      return Math.min(starts[line]! + Math.max(0, character), lineEnd(line));
    },
    lineStart(line) {
      return starts[line] ?? text.length;
    },
    edited: (newText, start, end) =>
      mapOf(newText, editedStarts(starts, newText, start, end, newText.length - text.length)),
  };
}

/**
 * Where each line begins once a piece of a text was replaced. Whether a line begins at a place is decided by
 * the units before and behind it: where one of these was replaced, it is decided anew.
 */
function editedStarts(
  starts: ArrayLike<number>,
  text: string,
  start: number,
  end: number,
  difference: number,
): Int32Array {
  const kept = Math.max(1, firstFrom(starts, start));
  const moved = firstFrom(starts, end + 1);
  const found: number[] = [];
  for (let at = Math.max(1, start); at <= end + difference; at += 1) if (beginsLine(text, at)) found.push(at);
  const edited = new Int32Array(kept + found.length + starts.length - moved);
  for (let index = 0; index < kept; index += 1) edited[index] = starts[index]!;
  edited.set(found, kept);
  const shift = kept + found.length - moved;
  for (let index = moved; index < starts.length; index += 1)
    edited[index + shift] = starts[index]! + difference;
  return edited;
}

/** Index of the first of some growing numbers that is not below a value. */
function firstFrom(numbers: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param at not the beginning of the text */
function beginsLine(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1);
  return code === 0x0a || (code === 0x0d && text.charCodeAt(at) !== 0x0a);
}

/** Where each line begins. Most texts have LF alone, which a search finds many units at a time. */
function lineStarts(text: string): number[] {
  const starts = [0];
  if (!text.includes("\r")) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let at = 1; at <= text.length; at += 1) if (beginsLine(text, at)) starts.push(at);
  return starts;
}
