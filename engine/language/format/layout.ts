import { Punctuation, TokenKind, type TokenList } from "../syntax/index.js";
import { breaksIn, columnOf, commentText, indentationOf, movedComment } from "./comments.js";
import type { Block, Item } from "./items.js";
import { type CodeLine, type Line, naturalWidth } from "./lines.js";
import { touches } from "./spacing.js";

/** A block that would pass this column stands on several lines. */
const LONGEST = 100;
const STEP = 2;
/** Of a statement that goes on below a comment. */
const CONTINUATION = 4;

/** Puts every statement on a line of its own, and every comment where it was. */
export function linesOf(tokens: TokenList, items: readonly Item[]): Line[] {
  const layout = new Layout(tokens);
  layout.file(items);
  return layout.lines;
}

class Layout {
  readonly lines: Line[] = [];
  /** Tokens with two spaces before them when they do not begin a line. */
  private readonly apart = new Set<number>();
  /** The comment, alone behind its line, that one below may go on with; -1 when there is none. */
  private openComment = -1;

  constructor(private readonly tokens: TokenList) {}

  file(items: readonly Item[]): void {
    this.list(items, 0, this.tokens.length, 0, false);
  }

  private list(items: readonly Item[], from: number, to: number, indent: number, words: boolean): void {
    let at = from;
    for (const item of items) {
      this.item(item, indent, this.before(at, item.first, indent), words);
      at = item.last + 1;
    }
    this.comments(at, to, indent);
  }

  private item(item: Item, indent: number, prefix: string, words: boolean): void {
    if (item.kept) {
      this.keep(item, indent, prefix);
      return;
    }
    const { block } = item;
    if (block !== undefined) {
      this.block(item, block, indent, prefix);
      return;
    }
    const line = this.write(item.first, item.last, indent, prefix);
    const word = this.tokens.textOf(item.first);
    if (words && !item.flag && line.code.startsWith(`${word} `) && !line.code.includes("\n")) {
      line.word = word;
      line.code = line.code.slice(word.length + 1);
    }
  }

  /** A statement with braces: on one line when it fits there and nothing in it asks for more. */
  private block(item: Item, block: Block, indent: number, prefix: string): void {
    const { kind, open, close, items } = block;
    if (kind === "properties" || kind === "body") {
      for (const [index, { first }] of items.entries()) {
        if (index > 0 && !this.isMark(items[index - 1]!.last, Punctuation.comma)) this.apart.add(first);
      }
    }
    const count = this.lines.length;
    const openComment = this.openComment;
    if (this.mayBeOneLine(item, block)) {
      this.write(item.first, item.last, indent, prefix);
      const written = this.lines.slice(count);
      if (
        items.length === 0 ||
        written.every((line) => line.kind !== "code" || naturalWidth(line) <= LONGEST)
      )
        return;
      this.lines.length = count;
      this.openComment = openComment;
    }
    this.write(item.first, open, indent, prefix);
    const opening = this.lines.at(-1);
    if (opening?.kind === "code") opening.opens = true;
    const properties = kind === "properties";
    this.list(properties ? this.flagsTogether(items) : items, open + 1, close, indent + STEP, properties);
    this.write(close, item.last, indent, "", true);
  }

  /** Whether nothing asks for lines: no comment that ends or begins one, and no empty line. */
  private mayBeOneLine(item: Item, { kind, open, close, items }: Block): boolean {
    if (kind === "statements" && items.length > 0) return false;
    const { tokens } = this;
    let next = 0;
    for (let at = item.first; at < close; at++) {
      if (tokens.kind(at) === TokenKind.lineComment) return false;
      if (tokens.kind(at) !== TokenKind.blockComment || at < open) continue;
      while (next < items.length && items[next]!.last < at) next++;
      const isInItem = next < items.length && items[next]!.first < at;
      if (!isInItem && indentationOf(tokens, at) !== undefined) return false;
      if (/[\r\n]/.test(tokens.textOf(at))) return false;
    }
    return items.slice(1).every(({ first }, index) => this.breaks(items[index]!.last + 1, first) < 2);
  }

  /** Flags that share a line go on sharing it. */
  private flagsTogether(items: readonly Item[]): Item[] {
    const lines: Item[] = [];
    for (const item of items) {
      const before = lines.at(-1);
      const shares = before?.flag && item.flag && before.last + 2 >= item.first;
      if (shares && this.breaks(before.last + 1, item.first) === 0) {
        lines[lines.length - 1] = { ...before, last: item.last };
      } else lines.push(item);
    }
    return lines;
  }

  /** Writes a statement's tokens on one line, or on several where a comment ends the line. */
  private write(first: number, last: number, indent: number, prefix: string, closes = false): CodeLine {
    const { tokens } = this;
    const top = this.push(indent, prefix, closes);
    let line = top;
    let cell: "code" | "outcome" = "code";
    let written = prefix;
    let depth = 0;
    let ended = false;
    let left = -1;
    for (let at = first; at <= last; at++) {
      const kind = tokens.kind(at);
      if (kind === TokenKind.blank) continue;
      if (kind === TokenKind.lineComment) {
        line[cell] = written;
        if (ended || indentationOf(tokens, at) !== undefined) this.ownLine(at, 1, indent + CONTINUATION);
        else this.attach(at);
        ended = true;
        continue;
      }
      const mark = kind === TokenKind.punctuation ? tokens.detail(at) : 0;
      if (ended) {
        const brace = mark === Punctuation.openBrace || mark === Punctuation.closeBrace;
        line = this.push(brace ? indent : indent + CONTINUATION, "", false);
        written = "";
        ended = false;
        left = -1;
      }
      if (mark === Punctuation.openBrace) depth++;
      else if (mark === Punctuation.closeBrace) depth--;
      else if (mark === Punctuation.outcome && depth <= 0 && cell === "code") {
        line.code = written;
        written = "";
        cell = "outcome";
      }
      // Behind the comments that stand before a statement, one space is enough.
      written += at === first && prefix !== "" ? " " : this.gap(written, left, at);
      written += kind === TokenKind.blockComment ? commentText(tokens, at) : tokens.textOf(at);
      left = kind === TokenKind.blockComment ? -1 : at;
    }
    line[cell] = written;
    return top;
  }

  private gap(before: string, left: number, at: number): string {
    if (before === "") return "";
    if (left >= 0 && touches(this.tokens, left, at)) return "";
    return this.apart.has(at) ? "  " : " ";
  }

  private keep({ first, last }: Item, indent: number, prefix: string): void {
    const { tokens } = this;
    const text = tokens.text.slice(tokens.start(first), tokens.end(last));
    const verbatim = /[\r\n]/.test(text);
    const own = verbatim && prefix === "" ? indentationOf(tokens, first) : undefined;
    const line = this.push(own === undefined ? indent : 0, prefix, false, verbatim);
    line.code += (prefix === "" ? "" : " ") + (own ?? "") + text;
  }

  private push(indent: number, prefix: string, closes: boolean, verbatim = false): CodeLine {
    const line: CodeLine = {
      kind: "code",
      indent,
      word: "",
      code: prefix,
      outcome: "",
      comment: "",
      closes,
      opens: false,
      verbatim,
    };
    this.lines.push(line);
    this.openComment = -1;
    return line;
  }

  /** Writes the comments before a statement, and returns those that stand on its own line. */
  private before(from: number, to: number, indent: number): string {
    let first = to;
    for (let at = to - 1; at >= from && this.breaks(at, at + 1) === 0; at--) {
      const kind = this.tokens.kind(at);
      if (kind === TokenKind.blockComment) first = at;
      else if (kind !== TokenKind.blank) break;
    }
    // Behind another statement they belong to that one.
    if (first > from && this.breaks(from, first) === 0 && this.lines.length > 0) first = to;
    const breaks = this.comments(from, first, indent);
    if (breaks > 1) this.empty();
    let prefix = "";
    for (let at = first; at < to; at++) {
      if (this.tokens.kind(at) === TokenKind.blank) continue;
      prefix += (prefix === "" ? "" : " ") + commentText(this.tokens, at);
    }
    return prefix;
  }

  /** Writes the comments between two tokens; returns the line breaks behind the last one, counted up to 2. */
  private comments(from: number, to: number, indent: number): number {
    const { tokens } = this;
    let breaks = 0;
    for (let at = from; at < to; at++) {
      if (tokens.kind(at) === TokenKind.blank) {
        breaks = breaksIn(tokens, at);
        continue;
      }
      if (breaks > 0 || !this.attach(at)) this.ownLine(at, breaks, indent);
      breaks = 0;
    }
    return breaks;
  }

  private ownLine(at: number, breaks: number, indent: number): void {
    const { tokens, openComment } = this;
    const continues =
      breaks === 1 &&
      openComment >= 0 &&
      tokens.kind(at) === TokenKind.lineComment &&
      columnOf(tokens, tokens.start(at)) === columnOf(tokens, tokens.start(openComment));
    if (breaks > 1) this.empty();
    const text = continues ? commentText(tokens, at) : movedComment(tokens, at, indent);
    this.lines.push({ kind: "comment", indent, text, continues });
    this.openComment = continues ? at : -1;
  }

  /** Puts a comment behind the last line, if there is one. */
  private attach(at: number): boolean {
    const line = this.lines.at(-1);
    if (line === undefined || line.kind === "empty") return false;
    const text = commentText(this.tokens, at);
    if (line.kind === "comment") {
      line.text += ` ${text}`;
      this.openComment = -1;
      return true;
    }
    this.openComment = line.comment === "" && this.tokens.kind(at) === TokenKind.lineComment ? at : -1;
    line.comment += (line.comment === "" ? "" : " ") + text;
    return true;
  }

  /** An empty line, but none at the beginning of the file or of a block. */
  private empty(): void {
    const line = this.lines.at(-1);
    if (line === undefined || (line.kind === "code" && line.opens)) return;
    this.lines.push({ kind: "empty" });
  }

  /** Line breaks in the blanks between two tokens, counted up to 2, those in comments left out. */
  private breaks(from: number, to: number): number {
    let most = 0;
    for (let at = from; at < to; at++) {
      if (this.tokens.kind(at) === TokenKind.blank) most = Math.max(most, breaksIn(this.tokens, at));
    }
    return most;
  }

  private isMark(at: number, mark: Punctuation): boolean {
    return this.tokens.kind(at) === TokenKind.punctuation && this.tokens.detail(at) === mark;
  }
}
