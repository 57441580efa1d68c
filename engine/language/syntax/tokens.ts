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

/** A token or a piece of trivia, with UTF-16 offsets. */
export interface Token {
  readonly index: number;
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

/** The lossless token list of a text: token i ends where token i + 1 starts; the last is the empty end. */
export class TokenList {
  constructor(
    private readonly text: string,
    /** Number of tokens and trivia, the final empty one not counted. */
    readonly length: number,
    private readonly kinds: Uint8Array,
    private readonly starts: Int32Array,
    /** For each identifier and reserved word its number in the word table, 0 for plain names; for punctuation its number. */
    private readonly details: Uint8Array,
  ) {}

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

  /** Number of the word in the word table or of the punctuation; 0 for anything else. */
  detail(index: number): number {
    return this.details[index]!;
  }

  textOf(index: number): string {
    return this.text.slice(this.start(index), this.end(index));
  }

  token(index: number): Token {
    return { index, kind: this.kind(index), start: this.start(index), end: this.end(index) };
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
