import { quote } from "./issues.js";
import { nearest } from "./nearest.js";
import { type Brace, openBlock } from "./parse-properties.js";
import { type Nested, parseStatement, type Statement, strayOutcome } from "./parse-statement.js";
import type { Parts } from "./parts.js";
import { belongsInBlock, belongsWhere, mayStand, PLACE_TEXTS, type Place } from "./places.js";
import { Punctuation, TokenKind } from "./tokens.js";
import type { Body, FileItem, Misplaced, OwnerItem } from "./tree.js";
import { STATEMENT_WORDS, type StatementWord } from "./words.js";

/** Blocks in blocks that misplaced statements may open; deeper ones are skipped whole, without recursion. */
const DEEPEST = 8;

/** Reads the statements of a file and of the blocks in it. */
export class BlockReader implements Nested {
  private depth = 0;
  /** The statement before was not understood: what follows is more of the same. */
  private lost = false;
  /** The statement before was misplaced: told once, since a block without its first line is one mistake. */
  private misplaced = false;

  constructor(private readonly p: Parts) {}

  file(): FileItem[] {
    const { p } = this;
    const items: FileItem[] = [];
    let uapi = false;
    let strayBrace = false;
    while (!p.atEnd) {
      if (p.mark === Punctuation.closeBrace) {
        if (!strayBrace && !this.lost) p.issues.add("S014", p.start, p.end, {});
        strayBrace = true;
        p.advance();
        continue;
      }
      strayBrace = false;
      const { start, end } = p;
      const word = this.statementWord("file");
      if (word === undefined) continue;
      if (word === "uapi") {
        if (uapi) p.issues.add("S022", start, end, {});
        else if (items.length > 0) p.issues.add("S021", start, end, {});
        uapi = true;
      }
      // In a file the statement is a declaration of the top level, `allow`, or wrapped as misplaced.
      items.push(this.statement(word, "file") as FileItem);
    }
    return items;
  }

  /** The items of an owner or a scenario, the cursor standing before the brace. */
  readonly block = (place: Place, label: string): OwnerItem[] => {
    const { p } = this;
    const margin = this.margin;
    const brace = openBlock(p, label, belongsInBlock);
    // What is no item of an owner is wrapped as misplaced.
    return brace === undefined ? [] : (this.statements(place, label, brace, margin) as OwnerItem[]);
  };

  readonly body = (label: string): Body | undefined => {
    const { p } = this;
    if (p.mark !== Punctuation.openBrace) return undefined;
    const margin = this.margin;
    const { start, end } = p;
    p.advance();
    const steps = this.statements("body", label, { start, end, written: true }, margin);
    return { kind: "body", steps: steps as Body["steps"], start, end: p.previousEnd };
  };

  /** Indentation of the line on which the statement began that is being read. */
  private margin = 0;

  private statements(place: Place, label: string, brace: Brace, margin: number): (Statement | Misplaced)[] {
    const { p } = this;
    const items: (Statement | Misplaced)[] = [];
    if (this.depth === DEEPEST) {
      this.skipBlock();
      return items;
    }
    const { statement, form } = p;
    p.beginList();
    this.depth++;
    this.misplaced = false;
    this.lost = false;
    while (!p.accept(Punctuation.closeBrace)) {
      if (p.atEnd || this.belongsOutside(place, margin)) {
        if (brace.written) p.issues.add("S013", brace.start, brace.end, { block: label });
        break;
      }
      const word = this.statementWord(place);
      if (word !== undefined) items.push(this.statement(word, place));
    }
    this.depth--;
    this.misplaced = false;
    this.lost = false;
    // What follows the block belongs to the statement around it again.
    p.begin(statement, form);
    return items;
  }

  /** A statement that may not stand here and is indented no deeper than the block's own: a brace is missing. */
  private belongsOutside(place: Place, margin: number): boolean {
    const { p } = this;
    if (!p.newline || p.indentation > margin) return false;
    const word = p.atStatement ? (p.word as StatementWord) : this.meant(place);
    return word !== undefined && !mayStand(word, place);
  }

  private statement(word: StatementWord, place: Place): Statement | Misplaced {
    const { p } = this;
    const { start, end } = p;
    this.margin = p.indentation;
    const stands = mayStand(word, place);
    if (!stands && !this.misplaced && !p.silent) {
      const belongs = belongsWhere(word);
      p.issues.add("S015", start, end, { statement: word, place: PLACE_TEXTS[place], belongs });
    }
    const statement = parseStatement(p, word, place, this);
    this.misplaced = !stands;
    return stands ? statement : { kind: "misplaced", statement, start: statement.start, end: statement.end };
  }

  /** The word of the statement that begins here; what begins none is reported and skipped. */
  private statementWord(place: Place): StatementWord | undefined {
    const { p } = this;
    if (p.atStatement) {
      this.lost = false;
      return p.word as StatementWord;
    }
    if (p.mark === Punctuation.outcome) {
      p.statement = "";
      strayOutcome(p);
      return undefined;
    }
    const instead = this.lost && !p.newline ? undefined : this.meant(place);
    const told = p.afterUnknownOnLine || p.malformed || p.issues.full;
    if ((!this.lost || instead !== undefined) && !told) {
      p.issues.add("S009", p.start, p.end, {
        found: `\`${quote(p.source())}\``,
        instead,
        place: PLACE_TEXTS[place],
      });
    }
    this.lost = instead === undefined;
    if (instead === undefined) this.skipUnknown();
    return instead;
  }

  /** The statement word that a plain word was meant to be. */
  private meant(place: Place): StatementWord | undefined {
    const { p } = this;
    if (p.kind !== TokenKind.identifier || p.issues.full) return undefined;
    const found = p.source();
    const allowed = STATEMENT_WORDS.filter((word) => mayStand(word, place));
    return nearest(found, allowed) ?? nearest(found, STATEMENT_WORDS);
  }

  private skipUnknown(): void {
    const { p } = this;
    do {
      if (p.mark === Punctuation.openBrace) p.skipGroup();
      else p.advance();
    } while (!p.statementOver());
  }

  /** Skips the rest of a block whose `{` was taken. */
  private skipBlock(): void {
    const { p } = this;
    while (!p.atEnd && p.mark !== Punctuation.closeBrace) {
      if (p.mark === Punctuation.openBrace) p.skipGroup();
      else p.advance();
    }
    p.accept(Punctuation.closeBrace);
  }
}
