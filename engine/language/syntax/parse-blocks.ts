import { quote } from "./issues.js";
import { nearest } from "./nearest.js";
import { type Brace, openBlock } from "./parse-properties.js";
import { type Nested, parseStatement, type Statement, strayOutcome } from "./parse-statement.js";
import type { Parts } from "./parts.js";
import { belongsInBlock, belongsInBody, belongsWhere, mayStand, PLACE_TEXTS, type Place } from "./places.js";
import { Punctuation, TokenKind } from "./tokens.js";
import type { Body, FileItem, Misplaced, OwnerItem } from "./tree.js";
import { STATEMENT_WORDS, type StatementWord } from "./words.js";

/** Blocks in blocks that misplaced statements may open; deeper ones are skipped whole, without recursion. */
const DEEPEST = 8;

const OPEN_BRACE = 0x7b;

/** Reads the statements of a file and of the blocks in it. */
export class BlockReader implements Nested {
  private depth = 0;
  /** The statement before was not understood: what follows is more of the same. */
  private lost = false;
  /** The statement before was misplaced: told once, since a block without its first line is one mistake. */
  private misplaced = false;

  constructor(private readonly p: Parts) {}

  /** The items of a file, of which the last one ends before `stop`. */
  file(stop = Number.POSITIVE_INFINITY): FileItem[] {
    const { p } = this;
    const items: FileItem[] = [];
    let uapi = false;
    let strayBrace = false;
    while (!p.atEnd && p.start < stop) {
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
      if (this.adopted(word, items)) {
        strayBrace = true;
        continue;
      }
      // In a file the statement is a declaration of the top level, `allow`, or wrapped as misplaced.
      items.push(this.statement(word, "file") as FileItem);
    }
    this.wantStatement(items);
    return items;
  }

  /**
   * A statement behind the end of a block, indented as if it were in it: a `}` stands too early. It is
   * told as misplaced, and understood as part of the block; the block's own `}` then says nothing new.
   */
  private adopted(word: StatementWord, items: FileItem[]): boolean {
    const { p, closed } = this;
    const last = items.at(-1);
    if (closed === undefined || last === undefined || p.indentation <= closed.margin) return false;
    if (mayStand(word, "file") || !mayStand(word, closed.place)) return false;
    this.margin = p.indentation;
    this.tellMisplaced(word, "file");
    closed.items.push(parseStatement(p, word, closed.place, this));
    this.misplaced = true;
    (last as { end: number }).end = p.previousEnd;
    return true;
  }

  /** At the end of a file a declaration may follow, or another line of a block that was closed too early. */
  private wantStatement(items: readonly FileItem[]): void {
    const { p, closed } = this;
    const last = items.at(-1);
    p.want({ kind: "statement", place: "file" }, -1);
    if (closed === undefined || last === undefined || !p.newline || p.indentation <= closed.margin) return;
    p.want({ kind: "statement", place: closed.place }, last.start);
  }

  /** The last block of the file, as long as no other statement came behind it. */
  private closed: { place: Place; items: (Statement | Misplaced)[]; margin: number } | undefined;

  /** The items of an owner or a scenario, the cursor standing before the brace. */
  readonly block = (place: Place, label: string): OwnerItem[] => {
    const { p } = this;
    const margin = this.margin;
    const brace = openBlock(p, label, belongsInBlock);
    // What is no item of an owner is wrapped as misplaced.
    if (brace === undefined) return [];
    const items = this.statements(place, label, brace, margin);
    this.closed = { place, items, margin };
    return items as OwnerItem[];
  };

  readonly body = (label: string): Body | undefined => {
    const { p } = this;
    const written = p.mark === Punctuation.openBrace;
    if (p.atEnd) p.want({ kind: "mark", mark: Punctuation.openBrace });
    if (!written && !this.forgottenBrace()) return undefined;
    const margin = this.margin;
    const { start, end } = p;
    if (written) p.advance();
    else p.issues.add("S012", start, end, { block: label, found: p.found() });
    const steps = this.statements("body", label, { start, end, written }, margin);
    return { kind: "body", steps: steps as Body["steps"], start, end: p.previousEnd };
  };

  /** A line of a table without the name of its space, on the line of the space: its brace is missing. */
  private forgottenBrace(): boolean {
    const { p } = this;
    return p.atStatement && !p.newline && belongsInBody(p.word) && p.ahead(1).kind === TokenKind.number;
  }

  /** Indentation of the line on which the statement began that is being read. */
  private margin = 0;

  private statements(place: Place, label: string, brace: Brace, margin: number): (Statement | Misplaced)[] {
    const { p } = this;
    const items: (Statement | Misplaced)[] = [];
    if (this.depth === DEEPEST) {
      this.skipBlock();
      return items;
    }
    const { statement, form, statementStart } = p;
    p.beginList();
    this.depth++;
    this.misplaced = false;
    this.lost = false;
    while (!p.accept(Punctuation.closeBrace)) {
      if (p.atEnd || this.belongsOutside(place, margin)) {
        p.want({ kind: "statement", place }, statementStart);
        if (!p.newline || p.indentation > margin) p.wantNothingElse();
        if (brace.written) p.neverClosed(brace, label);
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
    p.statementStart = statementStart;
    return items;
  }

  /**
   * Some statements of a block of the top level, the first of which begins where the cursor stands.
   *
   * @param margin indentation of the line on which the block begins
   * @param stop offset at which the next statement begins, or at which the block ends
   * @returns `undefined` when what is written there does not end at `stop`
   */
  some(place: Place, margin: number, stop: number): (Statement | Misplaced)[] | undefined {
    const { p } = this;
    const items: (Statement | Misplaced)[] = [];
    this.depth = 1;
    while (p.start < stop) {
      if (p.atEnd || p.mark === Punctuation.closeBrace || this.belongsOutside(place, margin))
        return undefined;
      const word = this.statementWord(place);
      if (word !== undefined) items.push(this.statement(word, place));
    }
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
    this.margin = p.indentation;
    const stands = mayStand(word, place);
    if (!stands) this.tellMisplaced(word, place);
    this.closed = undefined;
    const { start, end } = p;
    const statement = parseStatement(p, word, place, this);
    if (statement.kind === "viommu" && place === "scenario")
      return this.declaredInScenario(statement, start, end);
    this.misplaced = !stands;
    return stands ? statement : { kind: "misplaced", statement, start: statement.start, end: statement.end };
  }

  /** `viommu { … }` says what a guest sees from the beginning on. */
  private declaredInScenario(statement: Statement, start: number, end: number): Misplaced {
    const { p } = this;
    const facts = { statement: "viommu", place: PLACE_TEXTS.scenario, belongs: belongsWhere("viommu") };
    if (!this.misplaced && !p.silent) p.issues.add("S015", start, end, facts);
    this.misplaced = true;
    return { kind: "misplaced", statement, start: statement.start, end: statement.end };
  }

  private tellMisplaced(word: StatementWord, place: Place): void {
    const { p } = this;
    if (this.misplaced || p.silent) return;
    const belongs = belongsWhere(word);
    p.issues.add("S015", p.start, p.end, { statement: word, place: PLACE_TEXTS[place], belongs });
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
    const instead = nearest(found, allowed) ?? nearest(found, STATEMENT_WORDS);
    // A name such as `gva` is no mistyped `sva`: few slips in a short word are in its first letter.
    const short = found.length <= 3 && instead?.[0] !== found[0]?.toLowerCase();
    return short ? undefined : instead;
  }

  private skipUnknown(): void {
    const { p } = this;
    if (this.isDoubledBrace()) {
      p.advance();
      return;
    }
    do {
      if (p.mark === Punctuation.openBrace) p.skipGroup();
      else p.advance();
    } while (!p.statementOver());
  }

  /** A brace behind that of the block is one too many, not a block in which everything is lost. */
  private isDoubledBrace(): boolean {
    const { p } = this;
    if (p.mark !== Punctuation.openBrace || p.newline || p.previousEnd === 0) return false;
    const behind = p.text.charCodeAt(p.previousStart) === OPEN_BRACE;
    return behind && p.ahead(1).mark !== Punctuation.openBrace;
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
