import { documentationAbove } from "./documentation.js";
import { type Issues, quote } from "./issues.js";
import {
  BREAKS_LINE,
  FOREIGN,
  LAST_TRIVIA,
  MALFORMED,
  Punctuation,
  TokenKind,
  type TokenList,
} from "./tokens.js";
import type { Listener, Part } from "./wanted.js";
import { WORD_TEXTS } from "./word-table.js";

/** A token further on, for a decision that the current one does not make. */
export interface Ahead {
  readonly kind: TokenKind;
  /** The word of the language that it is, or "". */
  readonly word: string;
  /** The punctuation that it is, or 0. */
  readonly mark: Punctuation | 0;
  readonly newline: boolean;
}

/**
 * The current token of a text, blanks and comments skipped. Unknown characters are skipped too: the lexer
 * told about them, and what stands around them often makes sense.
 */
export class Cursor {
  kind: TokenKind = TokenKind.end;
  /** The word of the language that the token is, or "". */
  word = "";
  /** The punctuation that the token is, or 0. */
  mark: Punctuation | 0 = 0;
  detail = 0;
  start = 0;
  end = 0;
  /** Nothing but blanks and comments stands before the token on its line. */
  newline = true;
  /** Columns before the first token of the current line. */
  indentation = 0;
  /** Unknown characters stand before the token. */
  afterUnknown = false;
  /** They stand on its own line. */
  afterUnknownOnLine = false;
  /** The lexer reported the token itself. */
  malformed = false;
  /** Where the last string or comment without an end began that holds a `{`, a `}`; below 0: none did. */
  swallowedOpen = -1;
  swallowedClose = -1;
  /** Where the statement begins that is being read; -1 outside of any. */
  statementStart = -1;
  /** Where the token before lies. */
  previousStart = 0;
  previousEnd = 0;
  protected index = -1;

  /** @param listener hears what would be taken at the end of the text */
  constructor(
    readonly tokens: TokenList,
    readonly issues: Issues,
    protected readonly listener?: Listener,
  ) {
    this.advance();
    this.newline = true;
    this.indentation = this.columnsBefore();
    this.previousEnd = 0;
  }

  get text(): string {
    return this.tokens.text;
  }

  get atEnd(): boolean {
    return this.kind === TokenKind.end;
  }

  /** A word that starts a statement. */
  get atStatement(): boolean {
    if (this.kind !== TokenKind.reserved || this.word === "pasid") return false;
    // Within a line `cpu` is also a flag, as in `assert reports wq0 pasid cpu`.
    return this.word !== "cpu" || this.newline || this.ahead(1).mark === Punctuation.openBrace;
  }

  /** Whatever is wrong here was told already, or nobody would read it. */
  get silent(): boolean {
    return (
      this.afterUnknown || this.malformed || (this.atEnd && this.swallowedClose >= 0) || this.issues.full
    );
  }

  /** Goes to the next token; at the end it stays. */
  advance(): void {
    const { tokens } = this;
    if (this.index >= tokens.length) return;
    this.previousStart = this.start;
    this.previousEnd = this.end;
    let index = this.index + 1;
    let newline = false;
    let unknown = false;
    let unknownOnLine = false;
    let kind = tokens.kind(index);
    while (kind <= LAST_TRIVIA || kind === TokenKind.unknown) {
      if (kind === TokenKind.unknown) {
        unknown = true;
        unknownOnLine = true;
      } else if (tokens.detail(index) === BREAKS_LINE) {
        newline = true;
        unknownOnLine = false;
      }
      kind = tokens.kind(++index);
    }
    this.index = index;
    this.kind = kind;
    this.newline = newline;
    this.afterUnknown = unknown;
    this.afterUnknownOnLine = unknownOnLine;
    this.start = tokens.start(index);
    this.end = tokens.end(index);
    this.detail = tokens.detail(index);
    this.word =
      kind === TokenKind.identifier || kind === TokenKind.reserved ? (WORD_TEXTS[this.detail] ?? "") : "";
    this.mark = kind === TokenKind.punctuation ? (this.detail as Punctuation) : 0;
    this.malformed = isMalformed(kind, this.detail);
    if (newline) this.indentation = this.columnsBefore();
    if (kind === TokenKind.end || (kind === TokenKind.string && this.malformed)) this.findSwallowed(index);
  }

  /** What the lexer took for a string or a comment because its end is missing may hold braces. */
  private findSwallowed(index: number): void {
    const { tokens } = this;
    const which = tokens.kind(index) === TokenKind.end ? index - 1 : index;
    const kind = which < 0 ? TokenKind.end : tokens.kind(which);
    if (kind !== TokenKind.string && kind !== TokenKind.blockComment) return;
    const text = tokens.textOf(which);
    if (kind === TokenKind.blockComment && text.length > 3 && text.endsWith("*/")) return;
    if (kind === TokenKind.string && tokens.detail(which) !== MALFORMED) return;
    if (text.includes("{")) this.swallowedOpen = tokens.start(which);
    if (text.includes("}")) this.swallowedClose = tokens.start(which);
  }

  /** The token `distance` tokens after the current one. */
  ahead(distance: number): Ahead {
    const { tokens } = this;
    let index = this.index;
    let newline = false;
    for (let left = distance; left > 0 && index < tokens.length; left--) {
      newline = false;
      index++;
      while (tokens.kind(index) <= LAST_TRIVIA || tokens.kind(index) === TokenKind.unknown) {
        newline ||= tokens.kind(index) <= LAST_TRIVIA && tokens.detail(index) === BREAKS_LINE;
        index++;
      }
    }
    const kind = tokens.kind(index);
    const detail = tokens.detail(index);
    const isWord = kind === TokenKind.identifier || kind === TokenKind.reserved;
    return {
      kind,
      word: isWord ? (WORD_TEXTS[detail] ?? "") : "",
      mark: kind === TokenKind.punctuation ? (detail as Punctuation) : 0,
      newline,
    };
  }

  /** Takes the punctuation when it is there. */
  accept(mark: Punctuation): boolean {
    if (this.mark !== mark) {
      if (this.listener !== undefined) this.want({ kind: "mark", mark });
      return false;
    }
    this.advance();
    return true;
  }

  /** Takes the word when it is there. */
  acceptWord(word: string): boolean {
    if (this.word !== word) {
      if (this.listener !== undefined) this.want({ kind: "word", word });
      return false;
    }
    this.advance();
    return true;
  }

  /** Somebody wants to know how the text may go on. */
  get isListenedTo(): boolean {
    return this.listener !== undefined;
  }

  /** Says to the listener that a part would be taken here, when the text ends here. */
  want(part: Part, from = this.statementStart): void {
    if (this.kind === TokenKind.end) this.listener?.want(part, from);
  }

  /** Says to the listener that nothing else would be taken here, when the text ends here. */
  wantNothingElse(): void {
    if (this.kind === TokenKind.end) this.listener?.stop();
  }

  /** The same where a part is missing: on a line of its own a person may have given it up for another statement. */
  wantNoMore(): void {
    if (this.kind !== TokenKind.end) return;
    if (this.newline) this.listener?.stopUnlessNew();
    else this.listener?.stop();
  }

  source(): string {
    return this.text.slice(this.start, this.end);
  }

  /** The current token as a message names it. */
  found(): string {
    if (this.atEnd) return "the end of the file";
    return this.newline ? "the end of the line" : `\`${quote(this.source())}\``;
  }

  /** The comment directly above the current token. */
  documentation(): string | undefined {
    return documentationAbove(this.tokens, this.index);
  }

  /** Columns before the current token, the first of its line. */
  private columnsBefore(): number {
    const blank = this.index - 1;
    if (blank < 0 || this.tokens.kind(blank) !== TokenKind.blank) return 0;
    const first = this.tokens.start(blank);
    let at = this.start;
    while (at > first && !isLineBreak(this.text.charCodeAt(at - 1))) at--;
    return this.start - at;
  }
}

function isMalformed(kind: TokenKind, detail: number): boolean {
  if (kind === TokenKind.identifier) return detail === FOREIGN;
  return detail === MALFORMED && kind >= TokenKind.number && kind <= TokenKind.string;
}

function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}
