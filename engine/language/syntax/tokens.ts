/** What a token is; trivia (blank and comment) among them, so that the list covers every byte. */
export const TokenKind = {
  blank: 0,
  lineComment: 1,
  blockComment: 2,
  /** Not reserved: a name, or a word in its place. */
  identifier: 3,
  /** `pasid` or a word that starts a statement. */
  reserved: 4,
  number: 5,
  pciAddress: 6,
  string: 7,
  /** `->`, `=>`, `{`, `#gp` and the like. */
  punctuation: 8,
  /** A run of characters that begin nothing. */
  unknown: 9,
  /** The empty token after the last byte. */
  end: 10,
} as const;

export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind];

/** The largest kind that is trivia. */
export const LAST_TRIVIA = TokenKind.blockComment;

/** Detail of a punctuation token. */
export const Punctuation = {
  arrow: 1,
  outcome: 2,
  dots: 3,
  equals: 4,
  plus: 5,
  comma: 6,
  openBrace: 7,
  closeBrace: 8,
  openBracket: 9,
  closeBracket: 10,
  generalProtection: 11,
  dot: 12,
} as const;

export type Punctuation = (typeof Punctuation)[keyof typeof Punctuation];

/** How each punctuation token is written, by its detail. */
export const PUNCTUATION_TEXTS = [
  "",
  "->",
  "=>",
  "..",
  "==",
  "+",
  ",",
  "{",
  "}",
  "[",
  "]",
  "#gp",
  ".",
] as const;

/** Detail of trivia that holds a line break. */
export const BREAKS_LINE = 1;

/** Detail of a number, PCI address or string that was reported: it has no value, or no end. */
export const MALFORMED = 1;

/** Detail of an identifier that was reported: letters are in it that no name may hold. */
export const FOREIGN = 255;

/** A token or a piece of trivia, with UTF-16 offsets. */
export interface Token {
  readonly index: number;
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

/** The lossless token list of a text: token i ends where token i + 1 starts; the last is the empty end. */
export class TokenList {
  /** Number of tokens and trivia, the empty one at the end not counted. */
  readonly length: number;

  /**
   * The arrays may be longer than the list.
   * @param details for a word its number in the word table (0 for plain names); for the others see above
   */
  constructor(
    readonly text: string,
    length: number,
    private readonly kinds: Uint8Array,
    private readonly starts: Int32Array,
    private readonly details: Uint8Array,
  ) {
    this.length = length;
  }

  /** @param index 0 to `length`, the last being the end of the text */
  kind(index: number): TokenKind {
    return this.kinds[index] as TokenKind;
  }

  start(index: number): number {
    return this.starts[index]!;
  }

  end(index: number): number {
    return index < this.length ? this.starts[index + 1]! : this.text.length;
  }

  detail(index: number): number {
    return this.details[index]!;
  }

  textOf(index: number): string {
    return this.text.slice(this.start(index), this.end(index));
  }

  token(index: number): Token {
    return { index, kind: this.kind(index), start: this.start(index), end: this.end(index) };
  }

  /**
   * The list of another text, which has other tokens in one place.
   *
   * @param from index of the first token that goes, @param to of the first one behind them that stays
   * @param instead tokens that come, from `first` to before `last`, in a text that lies `base` units in the other
   */
  replaced(
    text: string,
    { from, to }: { readonly from: number; readonly to: number },
    instead: TokenList,
    { first, last, base }: { readonly first: number; readonly last: number; readonly base: number },
  ): TokenList {
    const by = text.length - this.text.length;
    const come = last - first;
    const length = this.length - (to - from) + come;
    const kinds = new Uint8Array(length + 1);
    const starts = new Int32Array(length + 1);
    const details = new Uint8Array(length + 1);
    kinds.set(this.kinds.subarray(0, from));
    kinds.set(instead.kinds.subarray(first, last), from);
    kinds.set(this.kinds.subarray(to, this.length + 1), from + come);
    details.set(this.details.subarray(0, from));
    details.set(instead.details.subarray(first, last), from);
    details.set(this.details.subarray(to, this.length + 1), from + come);
    starts.set(this.starts.subarray(0, from));
    for (let index = 0; index < come; index++) starts[from + index] = instead.starts[first + index]! + base;
    starts.set(this.starts.subarray(to, this.length + 1), from + come);
    if (by !== 0) for (let index = from + come; index <= length; index++) starts[index]! += by;
    return new TokenList(text, length, kinds, starts, details);
  }

  /** Index of the token that holds the unit at `offset`; `length` at and after the end of the text. */
  at(offset: number): number {
    if (offset >= this.text.length) return this.length;
    let low = 0;
    let high = this.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Takes tokens one after the other into arrays that grow. */
export class TokenWriter {
  private length = 0;
  private kinds: Uint8Array;
  private starts: Int32Array;
  private details: Uint8Array;

  constructor(private readonly text: string) {
    // In real files a token or blank has about three units.
    const capacity = (text.length >> 1) + 64;
    this.kinds = new Uint8Array(capacity);
    this.starts = new Int32Array(capacity);
    this.details = new Uint8Array(capacity);
  }

  push(kind: TokenKind, start: number, detail: number): void {
    const index = this.length++;
    if (index === this.kinds.length) this.grow();
    this.kinds[index] = kind;
    this.starts[index] = start;
    this.details[index] = detail;
  }

  finish(): TokenList {
    this.push(TokenKind.end, this.text.length, 0);
    return new TokenList(this.text, this.length - 1, this.kinds, this.starts, this.details);
  }

  private grow(): void {
    const capacity = this.kinds.length * 2;
    const { kinds, starts, details } = this;
    this.kinds = new Uint8Array(capacity);
    this.kinds.set(kinds);
    this.starts = new Int32Array(capacity);
    this.starts.set(starts);
    this.details = new Uint8Array(capacity);
    this.details.set(details);
  }
}
