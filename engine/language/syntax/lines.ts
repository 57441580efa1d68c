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
}

export function lineMap(text: string): LineMap {
  const starts = lineStarts(text);
  const lineOf = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
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
  };
}

/** Where each line begins. Most texts have LF alone, which a search finds many units at a time. */
function lineStarts(text: string): number[] {
  const starts = [0];
  if (!text.includes("\r")) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) starts.push(at + 1);
  }
  return starts;
}
