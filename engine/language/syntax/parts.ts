import { compare } from "../../address/address.js";
import { rangeOfLength } from "../../address/range.js";
import { EXEC, READ, WRITE } from "../../simulator/operation.js";
import { Cursor } from "./cursor.js";
import { either, quote } from "./issues.js";
import { requesterId } from "./lexer-numbers.js";
import { nearest } from "./nearest.js";
import { numberValue } from "./number-text.js";
import { isTopWord } from "./places.js";
import { MALFORMED, PUNCTUATION_TEXTS, Punctuation, TokenKind } from "./tokens.js";
import type {
  Access,
  Name,
  NumberLiteral,
  PasidArgument,
  PciAddress,
  RangeNode,
  Region,
  StringLiteral,
  Target,
  Word,
} from "./tree.js";
import { JOINING_WORDS } from "./words.js";

const ACCESS_BITS: Readonly<Record<Access["text"], number>> = {
  r: READ,
  w: WRITE,
  rw: READ | WRITE,
  rx: READ | EXEC,
  rwx: READ | WRITE | EXEC,
};

/** What stands after a word that starts no statement although it is reserved: then it was meant as a name. */
const AFTER_NAMES: ReadonlySet<string> = new Set([...JOINING_WORDS, "pasid"]);

/**
 * Reads the parts that statements are made of. Each reader takes its part when it is there; otherwise it
 * takes nothing, reports what is missing (once per statement) and returns `undefined`.
 */
export class Parts extends Cursor {
  /** The statement being read, for messages: its word and its form. */
  statement = "";
  form = "";
  /** Something of the statement was reported: whatever else is missing follows from it. */
  failed = false;

  /** Begins a statement, the cursor standing behind its word. */
  begin(statement: string, form: string): void {
    this.statement = statement;
    this.form = form;
    this.failed = false;
  }

  /** Reports that `what` should stand here. */
  missing(what: string): undefined {
    if (!this.failed && !this.silent) {
      const { statement, form } = this;
      const [start, end] = this.place();
      this.issues.add("S011", start, end, { expected: what, found: this.found(), statement, form });
    }
    this.failed = true;
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
      this.issues.add("S010", this.start, this.end, { found: this.found(), instead, statement, form });
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

  /** Skips a `{ … }` with all that is in it, up to a declaration at the left margin. */
  skipGroup(): void {
    let depth = 0;
    do {
      if (this.mark === Punctuation.openBrace) depth++;
      else if (this.mark === Punctuation.closeBrace) depth--;
      this.advance();
      if (this.newline && this.indentation === 0 && isTopWord(this.word)) return;
    } while (depth > 0 && !this.atEnd);
  }

  /** A name that is used: possibly with its owner in front. */
  name(what: string): Name | undefined {
    if (this.kind === TokenKind.identifier) return this.identifier();
    if (this.kind === TokenKind.reserved && this.meansName()) {
      this.issues.add("S026", this.start, this.end, { found: this.source(), expected: what });
      return this.identifier();
    }
    // `1vm` was reported as a malformed number; it still is the name that its uses have.
    if (this.kind === TokenKind.number && this.detail === MALFORMED) return this.identifier();
    return this.missing(what);
  }

  /** A name that is declared where no owner can stand in front. */
  plainName(what: string): Name | undefined {
    const name = this.name(what);
    if (name?.qualifier !== undefined) {
      const found = quote(this.text.slice(name.start, name.end));
      this.issues.add("S031", name.start, name.end, { found, name: name.text });
    }
    return name;
  }

  private identifier(): Name {
    const { start } = this;
    const first = this.lastPart(undefined, start);
    // Only what touches is a qualified name, so that `vm0.` at a line's end does not swallow the next line.
    if (this.mark !== Punctuation.dot || this.start !== first.end) return first;
    this.advance();
    const touches = this.start === this.previousEnd;
    if (touches && (this.kind === TokenKind.identifier || this.kind === TokenKind.reserved)) {
      if (this.kind === TokenKind.reserved) {
        this.issues.add("S026", this.start, this.end, { found: this.source(), expected: "a name" });
      }
      return this.lastPart(first, start);
    }
    this.missing("a name after the dot");
    const { previousEnd: end } = this;
    return { kind: "name", text: "", qualifier: first, textStart: end, start, end };
  }

  private lastPart(qualifier: Name | undefined, start: number): Name {
    const { start: textStart, end } = this;
    const text = this.source();
    this.advance();
    return { kind: "name", text, qualifier, textStart, start, end };
  }

  /** A reserved word in the place of a name was meant as a name when no statement can go on behind it. */
  private meansName(): boolean {
    const { kind, mark, newline, word } = this.ahead(1);
    if (this.word === "pasid") return mark === Punctuation.openBrace;
    if (this.newline) return false;
    if (kind === TokenKind.end || newline) return true;
    if (mark !== 0) return mark !== Punctuation.openBrace || this.word !== "cpu";
    return AFTER_NAMES.has(word);
  }

  number(what: string): NumberLiteral | undefined {
    if (this.kind !== TokenKind.number) return this.missing(what);
    const { start, end } = this;
    const text = this.source();
    const value = this.detail === MALFORMED ? undefined : numberValue(this.text, start, end);
    if (value === undefined && this.detail !== MALFORMED) {
      this.issues.add("S004", start, end, { found: quote(text) });
    }
    this.advance();
    return { kind: "number", value, text, start, end };
  }

  string(what: string): StringLiteral | undefined {
    if (this.kind !== TokenKind.string) return this.missing(what);
    const { start, end } = this;
    const value = this.text.slice(start + 1, this.detail === MALFORMED ? end : end - 1);
    this.advance();
    return { kind: "string", value, start, end };
  }

  pciAddress(): PciAddress | undefined {
    if (this.kind !== TokenKind.pciAddress) return this.missing("a PCI address such as `3b:00.0`");
    const { start, end, detail } = this;
    const text = this.source();
    this.advance();
    return {
      kind: "pci-address",
      text,
      rid: detail === MALFORMED ? undefined : requesterId(text),
      start,
      end,
    };
  }

  /** Any word, without a table of its meanings. */
  anyWord(what: string): Word | undefined {
    return this.kind === TokenKind.identifier ? this.takeWord() : this.missing(what);
  }

  takeWord<Text extends string>(text = this.source() as Text): Word<Text> {
    const { start, end } = this;
    this.advance();
    return { kind: "word", text, start, end };
  }

  /** One of a few words when it is there, exactly as written. */
  optionalWord<Text extends string>(choices: readonly Text[]): Word<Text> | undefined {
    const found = this.word as Text;
    return found !== "" && choices.includes(found) ? this.takeWord(found) : undefined;
  }

  /** One of a few words, also misspelt. */
  oneOf<Text extends string>(choices: readonly Text[], what: string): Word<Text> | undefined {
    const word = this.optionalWord(choices);
    if (word !== undefined) return word;
    const expected = either(choices);
    if (this.kind !== TokenKind.identifier || this.newline) return this.missing(expected);
    const instead = nearest(this.source(), choices);
    if (!this.failed) {
      this.issues.add("S019", this.start, this.end, {
        property: what,
        expected,
        found: this.source(),
        instead,
      });
    }
    this.failed ||= instead === undefined;
    return instead === undefined ? undefined : this.takeWord(instead);
  }

  /** `pasid N`, when the word `pasid` is there. */
  optionalPasid(): PasidArgument | undefined {
    if (this.word !== "pasid") {
      if (this.kind !== TokenKind.identifier || this.newline || this.ahead(1).kind !== TokenKind.number)
        return undefined;
      if (nearest(this.source(), ["pasid"]) === undefined) return undefined;
      this.unexpected("pasid");
    }
    const { start } = this;
    this.advance();
    const number = this.number("a PASID");
    return { kind: "pasid", number, start, end: this.previousEnd };
  }

  pasid(): PasidArgument | undefined {
    return this.optionalPasid() ?? this.missing("`pasid` and its number");
  }

  /** `as P`, when the word `as` is there. */
  optionalPhysical(): NumberLiteral | undefined {
    return this.acceptWord("as") ? this.number("the physical PASID") : undefined;
  }

  range(what: string): RangeNode | undefined {
    const first = this.number(what);
    if (first === undefined) return undefined;
    return this.rangeAfter(first) ?? this.halfRange(first);
  }

  private halfRange(first: NumberLiteral): RangeNode {
    this.missing("`+ LENGTH` or `..LAST`");
    return {
      kind: "range",
      form: "length",
      first,
      second: undefined,
      value: undefined,
      start: first.start,
      end: first.end,
    };
  }

  /** A number, or a range that begins with it. */
  numberOrRange(what: string): NumberLiteral | RangeNode | undefined {
    const first = this.number(what);
    return first && (this.rangeAfter(first) ?? first);
  }

  private rangeAfter(first: NumberLiteral): RangeNode | undefined {
    const form = this.mark === Punctuation.plus ? "length" : "last";
    if (this.mark !== Punctuation.plus && this.mark !== Punctuation.dots) return undefined;
    this.advance();
    const second = this.number(
      form === "length" ? "the length of the range" : "the last address of the range",
    );
    const { start } = first;
    const end = this.previousEnd;
    return { kind: "range", form, first, second, value: this.rangeValue(form, first, second), start, end };
  }

  private rangeValue(
    form: RangeNode["form"],
    { value: first, start }: NumberLiteral,
    second: NumberLiteral | undefined,
  ): RangeNode["value"] {
    if (first === undefined || second?.value === undefined) return undefined;
    const { value: other, end } = second;
    const value =
      form === "length"
        ? rangeOfLength(first, other)
        : compare(first, other) <= 0
          ? { start: first, last: other }
          : undefined;
    if (value === undefined) {
      const empty = other.page === 0 && other.offset === 0;
      const reason = form === "last" ? "backwards" : empty ? "empty" : "past-end";
      this.issues.add("S020", start, end, { range: quote(this.text.slice(start, end)), reason });
    }
    return value;
  }

  region(what: string): Region | undefined {
    const memory = this.name(what);
    if (memory === undefined) return undefined;
    const { start } = memory;
    if (!this.accept(Punctuation.openBracket)) {
      return { kind: "region", memory, index: undefined, bracketed: false, start, end: memory.end };
    }
    const index = this.numberOrRange("an offset or a range");
    this.need(Punctuation.closeBracket);
    return { kind: "region", memory, index, bracketed: true, start, end: this.previousEnd };
  }

  target(): Target | undefined {
    if (this.kind === TokenKind.number) return this.number("");
    return this.region("a region of a memory or an address");
  }

  optionalAccess(): Access | undefined {
    const word = this.optionalWord(["r", "w", "rw", "rx", "rwx"] as const);
    return (
      word && {
        kind: "access",
        text: word.text,
        bits: ACCESS_BITS[word.text],
        start: word.start,
        end: word.end,
      }
    );
  }
}
