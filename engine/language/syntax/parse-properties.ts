import { either } from "./issues.js";
import { nearest } from "./nearest.js";
import type { Parts } from "./parts.js";
import { isTopWord } from "./places.js";
import { Punctuation, TokenKind } from "./tokens.js";
import type { Name, NumberList, NumberLiteral, Property, PropertyWord, RangeNode, Word } from "./tree.js";
import {
  CHOICES,
  type DeclarationWithProperties,
  FLAG_WORDS,
  NUMBER_PROPERTIES,
  PROPERTIES_OF,
  PROPERTY_WORDS,
  REPEATABLE,
} from "./words.js";

type Value = NumberLiteral | Word | NumberList | RangeNode | Name;

const FLAGS: ReadonlySet<string> = new Set(FLAG_WORDS);
const NUMBERS: ReadonlySet<string> = new Set(NUMBER_PROPERTIES);

/** What stands behind a property word, for messages; nothing for a flag. */
export function expectedValue(property: PropertyWord): string | undefined {
  if (FLAGS.has(property)) return undefined;
  if (NUMBERS.has(property)) return "a number";
  if (property in CHOICES) {
    return either(CHOICES[property as keyof typeof CHOICES]);
  }
  if (property === "page-sizes") return "one or more sizes such as `4K, 2M, 1G`";
  if (property === "reserved") return "a range such as `0xfee0_0000 + 1M`";
  return property === "vf" ? "`of` and the physical function" : "the name of a page table format";
}

/** `{ property … }`, the cursor standing before the brace. */
export function parseProperties(p: Parts, declaration: DeclarationWithProperties, block: string): Property[] {
  const brace = openBlock(p, block, (word) => PROPERTIES_OF[declaration].some((known) => known === word));
  return brace === undefined ? [] : new PropertyReader(p, declaration, block, brace).read();
}

/** Where an opening brace stands, or should have stood. */
export interface Brace {
  readonly start: number;
  readonly end: number;
  readonly written: boolean;
}

/**
 * Takes the `{` of a declaration. What else stands before it is reported and skipped; a block whose brace
 * was forgotten goes on with the first word that belongs inside.
 * @returns `undefined` when there is no block at all
 */
export function openBlock(p: Parts, block: string, belongs: (word: string) => boolean): Brace | undefined {
  if (p.mark !== Punctuation.openBrace) {
    p.want({ kind: "mark", mark: Punctuation.openBrace });
    p.wantNoMore();
    const [start, end] = p.place();
    if (p.swallowedOpen >= 0 && p.swallowedOpen === p.previousStart) return { start, end, written: false };
    if (!p.failed && !p.silent) p.issues.add("S012", start, end, { block, found: p.found() });
    p.failed = true;
    if (belongs(p.word) && p.ahead(1).mark !== Punctuation.openBrace) return { start, end, written: false };
  }
  if (p.mark === Punctuation.closeBrace && !p.newline && isTopWord(p.statement)) {
    // On the top level no other block is open that this brace could close.
    if (p.ahead(1).mark !== Punctuation.openBrace) return { start: p.start, end: p.end, written: false };
    p.advance();
  }
  while (!p.accept(Punctuation.openBrace)) {
    const nextLine = p.newline && p.kind === TokenKind.identifier;
    if (p.atEnd || p.atStatement || nextLine || p.mark === Punctuation.closeBrace) return undefined;
    p.advance();
  }
  return { start: p.previousStart, end: p.previousEnd, written: true };
}

class PropertyReader {
  private readonly properties: Property[] = [];
  private readonly seen = new Set<PropertyWord>();
  private readonly known: readonly PropertyWord[];
  /** The last word was unknown: what stands behind it is its value, or more of the same mistake. */
  private lost = false;

  constructor(
    private readonly p: Parts,
    private readonly declaration: DeclarationWithProperties,
    private readonly block: string,
    private readonly brace: Brace,
  ) {
    this.known = PROPERTIES_OF[declaration];
  }

  read(): Property[] {
    const { p } = this;
    p.beginList();
    while (!p.accept(Punctuation.closeBrace)) {
      if (p.accept(Punctuation.comma)) continue;
      const word = p.word as PropertyWord;
      if (this.known.includes(word)) this.property(word);
      else if (p.atEnd || (p.atStatement && p.newline)) {
        p.want({ kind: "property", of: this.declaration });
        p.wantNothingElse();
        if (this.brace.written) p.neverClosed(this.brace, this.block);
        break;
      } else this.stray();
    }
    return this.properties;
  }

  /** A token that is no property of this declaration. */
  private stray(): void {
    const { p } = this;
    const isWord = p.kind === TokenKind.identifier || p.kind === TokenKind.reserved;
    const found = p.source();
    const looked = isWord && !isProperty(found) && !p.issues.full;
    const instead = looked ? nearest(found, this.known) : undefined;
    if (!(this.lost && instead === undefined) && !p.silent) {
      const { declaration } = this;
      const known = either(this.known);
      p.issues.add("S016", p.start, p.end, { found: p.found(), instead, declaration, known });
    }
    this.lost = instead === undefined;
    if (instead !== undefined) this.property(instead);
    else if (p.mark === Punctuation.openBrace) p.skipGroup();
    else p.advance();
  }

  private property(name: PropertyWord): void {
    const { p } = this;
    this.lost = false;
    const word = p.takeWord(name);
    p.failed = false;
    const value = FLAGS.has(name) ? undefined : this.value(name);
    if (this.seen.has(name) && !REPEATABLE.has(name)) {
      p.issues.add("S017", word.start, word.end, { property: name, declaration: this.declaration });
    }
    this.seen.add(name);
    // The table in `words.ts` gives each name the reader of its own kind of value.
    const property = { kind: "property", name, word, value, start: word.start, end: p.previousEnd };
    this.properties.push(property as Property);
  }

  private value(name: PropertyWord): Value | undefined {
    const { p } = this;
    if (p.atEnd) {
      p.want({ kind: "value", property: name });
      return this.missing(name);
    }
    if (name in CHOICES) return this.choice(name, CHOICES[name as keyof typeof CHOICES]);
    if (name === "page-sizes") return this.numbers();
    if (name === "vf") return this.physicalFunction();
    const fits = name === "format" ? p.kind === TokenKind.identifier : p.kind === TokenKind.number;
    if (!fits) return this.missing(name);
    if (name === "format") return p.takeWord();
    return name === "reserved" ? p.range("a range") : p.number("a number");
  }

  private choice(property: PropertyWord, choices: readonly string[]): Word | undefined {
    const { p } = this;
    const word = p.optionalWord(choices);
    if (word !== undefined) return word;
    // A word that is a property of this block is the next one, not a wrong value of this one.
    const isWord = p.kind === TokenKind.identifier || (p.kind === TokenKind.reserved && !p.newline);
    if (!isWord || this.known.some((known) => known === p.word)) return this.missing(property);
    const found = p.source();
    const instead = nearest(found, choices);
    p.issues.add("S019", p.start, p.end, {
      property: `the value of \`${property}\``,
      expected: expectedValue(property)!,
      found,
      instead,
    });
    this.lost = instead === undefined;
    const { start, end } = p.takeWord();
    return instead === undefined ? undefined : { kind: "word", text: instead, start, end };
  }

  private numbers(): NumberList | undefined {
    const { p } = this;
    const items: NumberLiteral[] = [];
    while (p.kind === TokenKind.number) {
      items.push(p.takeNumber());
      p.accept(Punctuation.comma);
    }
    if (items.length > 0 && p.atEnd) p.want({ kind: "number", role: "a size" });
    if (items.length === 0) return this.missing("page-sizes");
    return { kind: "numbers", items, start: items[0]!.start, end: items.at(-1)!.end };
  }

  private physicalFunction(): Name | undefined {
    const { p } = this;
    if (!p.acceptWord("of")) return this.missing("vf");
    return p.optionalName("the physical function") ?? this.missing("vf");
  }

  private missing(property: PropertyWord): undefined {
    const { p } = this;
    const expected = expectedValue(property)!;
    p.wantNoMore();
    // The value is missing behind the property's word, which is the last token that was taken.
    if (!p.silent)
      p.issues.add("S018", p.previousStart, p.previousEnd, { property, expected, found: p.found() });
    this.lost = true;
    return undefined;
  }
}

function isProperty(word: string): boolean {
  return (PROPERTY_WORDS as readonly string[]).includes(word);
}
