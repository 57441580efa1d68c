import type { Span } from "../../language/index.js";

/** Where the places of a text go when some pieces of it are replaced, all by one word. */
export class Shift {
  private readonly byFile = new Map<string, Span[]>();

  /** @param replaced that do not overlap, from top to bottom in each file */
  constructor(
    replaced: readonly Span[],
    private readonly word: string,
  ) {
    for (const span of replaced) {
      const list = this.byFile.get(span.file);
      if (list) list.push(span);
      else this.byFile.set(span.file, [span]);
    }
  }

  /** A text with the word in all its places. */
  text(file: string, before: string): string {
    let text = "";
    let from = 0;
    for (const { start, end } of this.byFile.get(file) ?? []) {
      text += before.slice(from, start) + this.word;
      from = end;
    }
    return text + before.slice(from);
  }

  /** @param offset outside of the replaced pieces, or at an end of one */
  offset(file: string, offset: number): number {
    const spans = this.byFile.get(file) ?? [];
    let low = 0;
    let high = spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (spans[middle]!.end <= offset) low = middle + 1;
      else high = middle;
    }
    return offset + (low === 0 ? 0 : this.grown(spans, low));
  }

  span({ file, start, end }: Span): Span {
    return { file, start: this.offset(file, start), end: this.offset(file, end) };
  }

  /** Units by which the first pieces of a file grow; all have the same length, that of the name. */
  private grown(spans: readonly Span[], count: number): number {
    const { start, end } = spans[0]!;
    return count * (this.word.length - (end - start));
  }
}
