import { compare, rangeOfLength } from "../../address/index.js";
import { either, quote } from "./issues.js";
import { requesterId } from "./lexer-numbers.js";
import { nearest } from "./nearest.js";
import { numberValue } from "./number-text.js";
import { Reader } from "./reader.js";
import { SourceText } from "./source-text.js";
import { MALFORMED, Punctuation, TokenKind } from "./tokens.js";
import type { PasidArgument, PciAddress, Region, StringLiteral, Target, Word } from "./tree.js";
import { Access, Name, NumberLiteral, RangeNode } from "./tree-leaves.js";
import type { NameRole, NewNameRole, NumberRole, WordRole } from "./wanted.js";
import { ACCESS_WORDS, JOINING_WORDS } from "./words.js";

/** What stands after a word that starts no statement although it is reserved: then it was meant as a name. */
const AFTER_NAMES: ReadonlySet<string> = new Set([...JOINING_WORDS, "pasid"]);

/**
 * Reads the parts that statements are made of. Each reader takes its part when it is there; otherwise it
 * takes nothing, reports what is missing (once per statement) and returns `undefined`.
 */
export class Parts extends Reader {
  /** The file is written against iommufd, whose statements name other things. */
  iommufd = false;
  /** What the leaves of the tree are written in. */
  private readonly written = new SourceText(this.text, 0);
  /** Lines that belong together name the same thing again and again. */
  private lastName = "";

  /** A name that is used: possibly with its owner in front. */
  name(what: NameRole): Name | undefined {
    if (this.atEnd) this.want({ kind: "name", role: what, qualifier: undefined });
    return this.anyName(what);
  }

  /** A name that is used, when one is there. */
  optionalName(what: NameRole): Name | undefined {
    if (this.kind === TokenKind.identifier) return this.name(what);
    if (this.atEnd) this.want({ kind: "name", role: what, qualifier: undefined });
    return undefined;
  }

  /** A name that is declared; the one of a space may have its owner in front. */
  newName(what: NewNameRole): Name | undefined {
    if (this.atEnd) this.want({ kind: "new-name", role: what });
    return this.anyName(what);
  }

  private anyName(what: NameRole | NewNameRole): Name | undefined {
    if (this.kind === TokenKind.identifier) return this.identifier(what);
    if (this.kind === TokenKind.reserved && this.meansName()) {
      this.issues.add("S026", this.start, this.end, { found: this.source(), expected: what });
      return this.identifier(what);
    }
    // `1vm` was reported as a malformed number; it still is the name that its uses have.
    if (this.kind === TokenKind.number && this.detail === MALFORMED) return this.identifier(what);
    return this.missing(what);
  }

  /** A name that is declared where no owner can stand in front. */
  plainName(what: NewNameRole): Name | undefined {
    const name = this.newName(what);
    if (name?.qualifier !== undefined) {
      const found = quote(this.text.slice(name.start, name.end));
      this.issues.add("S031", name.start, name.end, { found, name: name.text });
    }
    return name;
  }

  private identifier(what: NameRole | NewNameRole): Name {
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
    if (this.atEnd) this.wantQualified(what, first);
    this.missing("a name after the dot");
    const { previousEnd: end } = this;
    return new Name("", first, start, end);
  }

  private wantQualified(what: NameRole | NewNameRole, { text }: Name): void {
    if (this.start !== this.previousEnd) return;
    if (isNew(what)) this.want({ kind: "new-name", role: what });
    else this.want({ kind: "name", role: what, qualifier: text });
  }

  private lastPart(qualifier: Name | undefined, start: number): Name {
    const { end } = this;
    const text = this.nameText();
    this.advance();
    return new Name(text, qualifier, start, end);
  }

  /** The current token as a name; the same string as the last time, where that is the same name. */
  private nameText(): string {
    const { lastName, start, end } = this;
    if (end - start !== lastName.length || !this.text.startsWith(lastName, start))
      this.lastName = this.source();
    return this.lastName;
  }

  /** A reserved word in the place of a name was meant as a name when no statement can go on behind it. */
  private meansName(): boolean {
    const { kind, mark, newline, word } = this.ahead(1);
    if (this.word === "pasid") return kind !== TokenKind.number;
    if (this.newline) return false;
    if (kind === TokenKind.end || newline) return true;
    if (mark !== 0) return mark !== Punctuation.openBrace || this.word !== "cpu";
    return AFTER_NAMES.has(word);
  }

  number(what: NumberRole): NumberLiteral | undefined {
    if (this.kind === TokenKind.number) return this.takeNumber();
    if (this.atEnd) this.want({ kind: "number", role: what });
    return this.missing(what);
  }

  /** The number that is there. */
  takeNumber(): NumberLiteral {
    const { start, end } = this;
    const value = this.detail === MALFORMED ? undefined : numberValue(this.text, start, end);
    if (value === undefined && this.detail !== MALFORMED) {
      this.issues.add("S004", start, end, { found: quote(this.source()) });
    }
    this.advance();
    return new NumberLiteral(this.written, value, start, end);
  }

  string(what: string): StringLiteral | undefined {
    if (this.kind !== TokenKind.string) {
      this.want({ kind: "string" });
      return this.missing(what);
    }
    const { start, end } = this;
    const value = this.text.slice(start + 1, this.detail === MALFORMED ? end : end - 1);
    this.advance();
    return { kind: "string", value, start, end };
  }

  pciAddress(): PciAddress | undefined {
    if (this.kind !== TokenKind.pciAddress) {
      this.want({ kind: "pci-address" });
      return this.missing("a PCI address such as `3b:00.0`");
    }
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
  anyWord(what: WordRole): Word | undefined {
    if (this.kind === TokenKind.identifier) return this.takeWord();
    this.want({ kind: "any-word", role: what });
    return this.missing(what);
  }

  takeWord<Text extends string>(text = this.source() as Text): Word<Text> {
    const { start, end } = this;
    this.advance();
    return { kind: "word", text, start, end };
  }

  /** One of a few words when it is there, exactly as written. */
  optionalWord<Text extends string>(choices: readonly Text[]): Word<Text> | undefined {
    const found = this.word as Text;
    if (found !== "" && choices.includes(found)) return this.takeWord(found);
    if (this.atEnd) for (const word of choices) this.want({ kind: "word", word });
    return undefined;
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
      if (this.atEnd) this.want({ kind: "word", word: "pasid" });
      if (this.kind !== TokenKind.identifier || this.word !== "" || this.newline) return undefined;
      if (this.ahead(1).kind !== TokenKind.number) return undefined;
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

  range(what: NumberRole): RangeNode | undefined {
    const first = this.number(what);
    if (first === undefined) return undefined;
    return this.rangeAfter(first) ?? this.halfRange(first);
  }

  private halfRange(first: NumberLiteral): RangeNode {
    this.missing("`+ LENGTH` or `..LAST`");
    return RangeNode.of(this.written, "length", undefined, first, undefined, first.end);
  }

  /** A number, or a range that begins with it. */
  numberOrRange(what: NumberRole): NumberLiteral | RangeNode | undefined {
    const first = this.number(what);
    return first && (this.rangeAfter(first) ?? first);
  }

  private rangeAfter(first: NumberLiteral): RangeNode | undefined {
    const form = this.accept(Punctuation.plus) ? "length" : "last";
    if (form === "last" && !this.accept(Punctuation.dots)) return undefined;
    const second = this.number(
      form === "length" ? "the length of the range" : "the last address of the range",
    );
    const value = this.rangeValue(form, first, second);
    return RangeNode.of(this.written, form, value, first, second, second?.end ?? this.previousEnd);
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

  region(what: NameRole): Region | undefined {
    const memory = this.name(what);
    return memory && this.regionOf(memory);
  }

  /** The region that begins with a name. */
  regionOf(memory: Name): Region {
    const { start } = memory;
    if (!this.accept(Punctuation.openBracket)) {
      return { kind: "region", memory, index: undefined, bracketed: false, start, end: memory.end };
    }
    const index = this.numberOrRange("an offset or a range");
    this.need(Punctuation.closeBracket);
    return { kind: "region", memory, index, bracketed: true, start, end: this.previousEnd };
  }

  target(): Target | undefined {
    if (this.kind === TokenKind.number) return this.takeNumber();
    return this.region("a region of a memory or an address");
  }

  optionalAccess(): Access | undefined {
    const { start, end } = this;
    const found = this.word as Access["text"];
    if (ACCESS_WORDS.includes(found)) {
      this.advance();
      return new Access(found, start, end);
    }
    if (this.atEnd) for (const word of ACCESS_WORDS) this.want({ kind: "word", word });
    return undefined;
  }
}

function isNew(what: NameRole | NewNameRole): what is NewNameRole {
  return what.startsWith("the name of ");
}
