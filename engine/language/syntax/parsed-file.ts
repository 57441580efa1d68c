import { Mover } from "./move.js";
import type { TokenList } from "./tokens.js";
import type { At, FileItem, SourceFile, SyntaxIssue } from "./tree.js";

/**
 * A parsed text. After an edit, what stands behind it is the same as before and lies elsewhere: it is copied to
 * its new place when somebody looks at it, since nobody looks at most of a large file.
 */
export class ParsedFile implements SourceFile {
  /** @param pending how far each item has to be moved yet, in UTF-16 units; it becomes 0 then */
  constructor(
    readonly text: string,
    private readonly found: FileItem[],
    private readonly pending: number[],
    readonly issues: readonly SyntaxIssue[],
    readonly tokens: TokenList,
  ) {}

  get kind(): "file" {
    return "file";
  }

  get start(): number {
    return 0;
  }

  get end(): number {
    return this.text.length;
  }

  get items(): readonly FileItem[] {
    for (let index = 0; index < this.found.length; index++) this.item(index);
    return this.found;
  }

  /** Number of items. */
  get length(): number {
    return this.found.length;
  }

  /** @param index below the number of items */
  item(index: number): FileItem {
    const item = this.found[index]!;
    const by = this.pending[index]!;
    if (by === 0) return item;
    const moved = new Mover(by).node(item);
    this.found[index] = moved;
    this.pending[index] = 0;
    return moved;
  }

  /** Where the items of a kind lie, in text order; they themselves stay where they are. */
  placesOf(kind: FileItem["kind"]): At[] {
    return this.found.flatMap((item, index) => {
      const by = this.pending[index]!;
      return item.kind === kind ? [{ start: item.start + by, end: item.end + by }] : [];
    });
  }

  /** Whether the statements behind the items before one are read as those of a file against iommufd. */
  isIommufdAt(index: number): boolean {
    const stated = this.found.findLast((item, at) => at < index && item.kind === "uapi");
    return stated?.kind === "uapi" && stated.version?.text === "iommufd";
  }

  /** Index of the last item that begins before an offset; -1 when none does. */
  itemBefore(offset: number): number {
    let low = 0;
    let high = this.found.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.found[middle]!.start + this.pending[middle]! < offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /**
   * The same with another text, which has other items in one place; everything behind them has moved by as much
   * as the text is longer.
   *
   * @param from index of the first item that goes, @param to of the first one behind them that stays
   */
  with(
    { text, issues, tokens }: Pick<SourceFile, "text" | "issues" | "tokens">,
    from: number,
    to: number,
    come: readonly FileItem[],
  ): ParsedFile {
    const by = text.length - this.text.length;
    const found = this.found.toSpliced(from, to - from, ...come);
    const before = this.pending.slice(0, from);
    const behind = this.pending.slice(to).map((pending) => pending + by);
    return new ParsedFile(text, found, [...before, ...come.map(() => 0), ...behind], issues, tokens);
  }
}
