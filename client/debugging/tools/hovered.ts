/** A name with its owner, or a part of a memory. */
const EXPRESSION = /[A-Za-z_]\w*(?:-\w+)*(?:\.[A-Za-z_]\w*(?:-\w+)*)?(?:\[[^\]\n]*\])?/g;

/** What the debugger is asked where somebody points at a word. */
export interface Hovered {
  /** Columns of the line, from 0; `end` is not part of it. */
  readonly start: number;
  readonly end: number;
  readonly query: string;
}

/** The query for a place in a line: a name stands for itself, of memory it is told who reaches it. */
export function hoveredAt(line: string, column: number): Hovered | undefined {
  for (const { 0: text, index: start } of line.matchAll(EXPRESSION)) {
    const end = start + text.length;
    if (start > column || column > end) continue;
    return { start, end, query: text.endsWith("]") ? `who reaches ${text}` : text };
  }
  return undefined;
}
