/** Lines around a change that a diff shows. */
const CONTEXT = 3;

/** A line that is kept, taken away or added. */
interface Line {
  readonly mark: " " | "-" | "+";
  readonly text: string;
}

/**
 * A unified diff, as `diff -u` prints it and `patch -p0` takes it.
 * @param name path of the file, for both sides
 * @returns nothing when the texts are equal
 */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return "";
  const lines = changes(linesOf(before), linesOf(after));
  return [`--- ${name}\n`, `+++ ${name}\n`, ...hunks(lines).map((hunk) => hunkText(lines, hunk))].join("");
}

/** Lines with their line breaks, so that a missing last one is a difference. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The shortest way from one list of lines to another (Myers' algorithm). */
function changes(a: readonly string[], b: readonly string[]): Line[] {
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let depth = 0; ; depth += 1) {
    trace.push(new Map(furthest));
    for (let diagonal = -depth; diagonal <= depth; diagonal += 2) {
      const previous = previousDiagonal(furthest, diagonal, depth);
      let x = furthest.get(previous)! + (previous < diagonal ? 1 : 0);
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      furthest.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return wayBack(trace, a, b);
    }
  }
}

/** The neighbour that a diagonal is reached from: below by taking a line away, above by adding one. */
function previousDiagonal(furthest: ReadonlyMap<number, number>, diagonal: number, depth: number): number {
  const isFromAbove =
    diagonal === -depth || (diagonal !== depth && furthest.get(diagonal - 1)! < furthest.get(diagonal + 1)!);
  return isFromAbove ? diagonal + 1 : diagonal - 1;
}

function wayBack(
  trace: readonly ReadonlyMap<number, number>[],
  a: readonly string[],
  b: readonly string[],
): Line[] {
  const lines: Line[] = [];
  let x = a.length;
  let y = b.length;
  for (let depth = trace.length - 1; depth >= 0; depth -= 1) {
    const previous = previousDiagonal(trace[depth]!, x - y, depth);
    const startX = trace[depth]!.get(previous)!;
    const startY = startX - previous;
    while (x > startX && y > startY && x > 0) {
      x -= 1;
      y -= 1;
      lines.push({ mark: " ", text: a[x]! });
    }
    if (depth === 0) break;
    lines.push(x === startX ? { mark: "+", text: b[startY]! } : { mark: "-", text: a[startX]! });
    x = startX;
    y = startY;
  }
  return lines.reverse();
}

/** Changed lines with their context; two changes with little between them are one hunk. */
function hunks(lines: readonly Line[]): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const [index, { mark }] of lines.entries()) {
    if (mark === " ") continue;
    const last = found.at(-1);
    const end = Math.min(index + CONTEXT + 1, lines.length);
    if (last && index - CONTEXT <= last.end) last.end = end;
    else found.push({ start: Math.max(index - CONTEXT, 0), end });
  }
  return found;
}

function hunkText(lines: readonly Line[], { start, end }: { start: number; end: number }): string {
  const count = (from: number, to: number, other: Line["mark"]) =>
    lines.slice(from, to).filter(({ mark }) => mark !== other).length;
  const side = (other: Line["mark"]) => {
    const length = count(start, end, other);
    const first = count(0, start, other) + (length === 0 ? 0 : 1);
    return length === 1 ? `${first}` : `${first},${length}`;
  };
  const body = lines.slice(start, end).map(({ mark, text }) => {
    return text.endsWith("\n") ? mark + text : `${mark}${text}\n\\ No newline at end of file\n`;
  });
  return `@@ -${side("+")} +${side("-")} @@\n${body.join("")}`;
}
