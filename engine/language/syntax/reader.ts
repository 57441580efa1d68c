import { Cursor } from "./cursor.js";
import { quote } from "./issues.js";
import { nearest } from "./nearest.js";
import { isTopWord } from "./places.js";
import { PUNCTUATION_TEXTS, Punctuation, TokenKind } from "./tokens.js";

/**
 * Knows which statement is being read and what to say when something of it is missing or too much: once
 * per statement, since what else is wrong with it follows from the first mistake.
 */
export class Reader extends Cursor {
  /** The statement being read, for messages: its word and its form. */
  statement = "";
  form = "";
  /** Something of the statement was reported: whatever else is missing follows from it. */
  failed = false;
  /** The statement has no list here: a comma is reported and passed over, and the rest goes on. */
  private strayCommas = false;

  override advance(): void {
    super.advance();
    if (this.strayCommas && this.mark === Punctuation.comma) this.passCommas();
  }

  private passCommas(): void {
    while (this.mark === Punctuation.comma) {
      this.unexpected(undefined);
      super.advance();
    }
  }

  /** From here on commas may stand: in a list, and between statements. */
  beginList(): void {
    this.strayCommas = false;
  }

  /** Begins a statement, the cursor standing behind its word. */
  begin(statement: string, form: string): void {
    this.statement = statement;
    this.form = form;
    this.failed = false;
    this.strayCommas = true;
    this.passCommas();
  }

  /** Reports that `what` should stand here. */
  missing(what: string): undefined {
    if (!this.failed && !this.silent) {
      const { statement, form } = this;
      const [start, end] = this.place();
      this.issues.add("S011", start, end, { expected: what, found: this.found(), statement, form });
    }
    this.failed = true;
    this.wantNoMore();
    return undefined;
  }

  /** The current token; where a line, a block or the file ends, the token before. */
  place(): [start: number, end: number] {
    const over = this.atEnd || this.newline || this.mark === Punctuation.closeBrace || this.atStatement;
    return over && this.previousEnd > 0 ? [this.previousStart, this.previousEnd] : [this.start, this.end];
  }

  /** Takes a mark that has to be there. */
  need(mark: Punctuation): boolean {
    if (this.accept(mark)) return true;
    this.missing(`\`${PUNCTUATION_TEXTS[mark]}\``);
    return false;
  }

  /** Takes a word that has to be there, also misspelt. */
  needWord(word: string): boolean {
    if (this.acceptWord(word)) return true;
    if (this.kind === TokenKind.identifier && this.word === "" && nearest(this.source(), [word])) {
      this.unexpected(word);
      this.advance();
      return true;
    }
    this.missing(`\`${word}\``);
    return false;
  }

  /** Takes the arrow that has to be there, also where another joining word stands in its place. */
  needArrow(): boolean {
    if (this.accept(Punctuation.arrow)) return true;
    this.missing("`->`");
    if (this.word !== "to" && this.word !== "from" && this.word !== "on") return false;
    this.advance();
    return true;
  }

  /** Reports the current token as one that does not belong here. */
  unexpected(instead: string | undefined): void {
    if (!this.failed && !this.silent) {
      const { statement, form } = this;
      const found = `\`${quote(this.source())}\``;
      this.issues.add("S010", this.start, this.end, { found, instead, statement, form });
    }
    this.failed = true;
  }

  /**
   * Whether nothing more of a statement can follow: another one begins, the block ends, or its outcome
   * comes. A plain word first on a line was meant as a statement too.
   */
  statementOver(): boolean {
    if (this.mark !== 0) return this.mark === Punctuation.closeBrace || this.mark === Punctuation.outcome;
    return this.atEnd || this.atStatement || (this.newline && this.kind === TokenKind.identifier);
  }

  /** Reports that the block of a brace is never closed, unless an unfinished string or comment took its end. */
  neverClosed(brace: { start: number; end: number }, block: string): void {
    if (this.swallowedClose < brace.start) this.issues.add("S013", brace.start, brace.end, { block });
  }

  /**
   * Skips a `{ … }` with all that is in it, up to a declaration at the left margin, or to a statement that
   * is indented by at most `upTo` columns.
   */
  skipGroup(upTo = -1): void {
    let depth = 0;
    do {
      if (this.mark === Punctuation.openBrace) depth++;
      else if (this.mark === Punctuation.closeBrace) depth--;
      this.advance();
      if (this.newline && this.indentation === 0 && isTopWord(this.word)) return;
      if (this.newline && this.indentation <= upTo && this.atStatement) return;
    } while (depth > 0 && !this.atEnd);
  }
}
