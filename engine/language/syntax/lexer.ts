import { Class, classOf, isForeignLetter, isWordPart } from "./characters.js";
import { type Issues, quote } from "./issues.js";
import { checkNumber, pciAddressEnd, pciProblem } from "./lexer-numbers.js";
import {
  BREAKS_LINE,
  FOREIGN,
  MALFORMED,
  PUNCTUATION_TEXTS,
  Punctuation,
  TokenKind,
  type TokenList,
  TokenWriter,
} from "./tokens.js";
import { LAST_RESERVED, wordNumber } from "./word-table.js";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const HYPHEN = 0x2d;
const COLON = 0x3a;
const EQUALS = 0x3d;
const GREATER = 0x3e;
const QUOTE = 0x22;
const HASH = 0x23;
const STAR = 0x2a;
const DOT = 0x2e;
const SLASH = 0x2f;
const BYTE_ORDER_MARK = 0xfeff;

/** Marks that are punctuation whatever follows. */
const ALONE: ReadonlyMap<number, Punctuation> = new Map([
  [0x7b, Punctuation.openBrace],
  [0x7d, Punctuation.closeBrace],
  [0x5b, Punctuation.openBracket],
  [0x5d, Punctuation.closeBracket],
  [0x2c, Punctuation.comma],
  [0x2b, Punctuation.plus],
]);

/** Cuts a text into tokens and trivia that cover every unit of it; what is wrong goes to `issues`. */
export function lex(text: string, issues: Issues): TokenList {
  return new Lexer(text, issues).run();
}

class Lexer {
  private readonly tokens: TokenWriter;
  private position = 0;

  constructor(
    private readonly text: string,
    private readonly issues: Issues,
  ) {
    this.tokens = new TokenWriter(text);
  }

  run(): TokenList {
    const { text } = this;
    while (this.position < text.length) {
      const code = text.charCodeAt(this.position);
      const bits = classOf(code);
      if ((bits & Class.blank) !== 0) this.blank();
      else if ((bits & Class.letter) !== 0) this.word();
      else if ((bits & Class.digit) !== 0) this.number();
      else if ((bits & Class.mark) !== 0) this.mark(code);
      else if (code === BYTE_ORDER_MARK && this.position === 0) this.blank();
      else this.unknown();
    }
    return this.tokens.finish();
  }

  private take(kind: TokenKind, end: number, detail: number): void {
    this.tokens.push(kind, this.position, detail);
    this.position = end;
  }

  private blank(): void {
    const { text } = this;
    let end = this.position;
    let detail = 0;
    for (;;) {
      const code = text.charCodeAt(end);
      if (code === LINE_FEED || code === CARRIAGE_RETURN) detail = BREAKS_LINE;
      else if ((classOf(code) & Class.blank) === 0 && !(code === BYTE_ORDER_MARK && end === 0)) break;
      end++;
    }
    this.take(TokenKind.blank, end, detail);
  }

  private word(): void {
    const { text, position } = this;
    let end = position + 1;
    let hex = (classOf(text.charCodeAt(position)) & Class.hex) !== 0;
    let code: number;
    for (;;) {
      code = text.charCodeAt(end);
      const bits = classOf(code);
      if ((bits & (Class.letter | Class.digit)) !== 0) {
        hex &&= (bits & Class.hex) !== 0;
        end++;
      } else if (code === HYPHEN && isWordPart(text.charCodeAt(end + 1))) {
        hex = false;
        end += 2;
      } else break;
    }
    if (hex && code === COLON && this.pciAddress()) return;
    if (code >= 128 && isForeignLetter(text.slice(end, end + 2))) {
      this.foreignWord(end);
      return;
    }
    const number = wordNumber(text, position, end);
    this.take(
      number !== 0 && number <= LAST_RESERVED ? TokenKind.reserved : TokenKind.identifier,
      end,
      number,
    );
  }

  /** A name with letters that no name may hold: still one name, so that its uses find each other. */
  private foreignWord(from: number): void {
    const { text, position } = this;
    let end = from;
    for (;;) {
      const code = text.charCodeAt(end);
      const units = code >= 0xd800 && code < 0xdc00 ? 2 : 1;
      if (isWordPart(code) || (code === HYPHEN && isWordPart(text.charCodeAt(end + 1)))) end++;
      else if (code >= 128 && isForeignLetter(text.slice(end, end + units))) end += units;
      else break;
    }
    this.issues.add("S001", position, end, {
      found: quote(text.slice(position, end)),
      count: end - position,
    });
    this.take(TokenKind.identifier, end, FOREIGN);
  }

  private number(): void {
    const { text, position } = this;
    if (this.pciAddress()) return;
    let end = position + 1;
    while (isWordPart(text.charCodeAt(end))) end++;
    const problem = checkNumber(text, position, end);
    if (problem !== undefined) this.issues.add("S005", position, end, problem);
    this.take(TokenKind.number, end, problem === undefined ? 0 : MALFORMED);
  }

  /** Takes a PCI address, or what was meant as one: nothing else in the language has a colon. */
  private pciAddress(): boolean {
    const { text, position } = this;
    const end = pciAddressEnd(text, position);
    if (end < 0) return false;
    const found = text.slice(position, end);
    const reason = pciProblem(found);
    if (reason !== undefined) this.issues.add("S006", position, end, { found: quote(found), reason });
    this.take(TokenKind.pciAddress, end, reason === undefined ? 0 : MALFORMED);
    return true;
  }

  private mark(code: number): void {
    const { text, position } = this;
    const alone = ALONE.get(code);
    const next = text.charCodeAt(position + 1);
    if (alone !== undefined) this.punctuation(1, alone);
    else if (code === DOT)
      this.punctuation(next === DOT ? 2 : 1, next === DOT ? Punctuation.dots : Punctuation.dot);
    else if (code === QUOTE) this.string();
    else if (code === SLASH && next === SLASH) this.lineComment();
    else if (code === SLASH && next === STAR) this.blockComment();
    else if (code === HYPHEN) this.pair(Punctuation.arrow);
    else if (code === EQUALS && next === EQUALS) this.punctuation(2, Punctuation.equals);
    else if (code === EQUALS) this.pair(Punctuation.outcome);
    else if (isGeneralProtection(text, position)) this.punctuation(3, Punctuation.generalProtection);
    else this.unknown();
  }

  private punctuation(length: number, which: Punctuation): void {
    this.take(TokenKind.punctuation, this.position + length, which);
  }

  /** `->` or `=>`, and either of them written apart: reported, and taken as meant. */
  private pair(which: Punctuation): void {
    const { text, position } = this;
    let end = position + 1;
    while (text.charCodeAt(end) === 0x20 || text.charCodeAt(end) === 0x09) end++;
    if (text.charCodeAt(end) !== GREATER) {
      this.unknown();
      return;
    }
    if (end > position + 1) {
      const found = quote(text.slice(position, end + 1));
      this.issues.add("S007", position, end + 1, { found, instead: PUNCTUATION_TEXTS[which] });
    }
    this.take(TokenKind.punctuation, end + 1, which);
  }

  private string(): void {
    const { text, position } = this;
    let end = position + 1;
    let code = text.charCodeAt(end);
    while (end < text.length && code !== QUOTE && code !== LINE_FEED && code !== CARRIAGE_RETURN) {
      code = text.charCodeAt(++end);
    }
    const closed = end < text.length && code === QUOTE;
    if (!closed) this.issues.add("S002", position, end, { found: quote(text.slice(position, end)) });
    this.take(TokenKind.string, closed ? end + 1 : end, closed ? 0 : MALFORMED);
  }

  private lineComment(): void {
    const { text } = this;
    let end = this.position + 2;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === LINE_FEED || code === CARRIAGE_RETURN) break;
    }
    this.take(TokenKind.lineComment, end, 0);
  }

  private blockComment(): void {
    const { text, position } = this;
    const close = text.indexOf("*/", position + 2);
    const end = close < 0 ? text.length : close + 2;
    if (close < 0) {
      this.issues.add("S003", position, position + 2, { opened: quote(firstLine(text, position)) });
    }
    let detail = 0;
    for (let i = position; i < end && detail === 0; i++) {
      const code = text.charCodeAt(i);
      if (code === LINE_FEED || code === CARRIAGE_RETURN) detail = BREAKS_LINE;
    }
    this.take(TokenKind.blockComment, end, detail);
  }

  /** One token and one issue for a whole run of characters that begin nothing. */
  private unknown(): void {
    const { text, position } = this;
    // After `#` the letters belong to the run: `#GP` and `#comment` are one mistake each, not two.
    const stops = text.charCodeAt(position) === HASH ? Class.blank : Class.blank | Class.letter | Class.digit;
    let end = position + 1;
    while (end < text.length && (classOf(text.charCodeAt(end)) & stops) === 0 && !beginsMark(text, end))
      end++;
    const found = text.slice(position, end);
    if (isForeignLetter(found)) {
      this.foreignWord(position);
      return;
    }
    this.issues.add("S001", position, end, { found: quote(found), count: end - position });
    this.take(TokenKind.unknown, end, 0);
  }
}

function isGeneralProtection(text: string, at: number): boolean {
  return text.startsWith("#gp", at) && !isWordPart(text.charCodeAt(at + 3));
}

/** Whether the character at `at` begins a mark of the language, seen from inside a run of unknown ones. */
function beginsMark(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if ((classOf(code) & Class.mark) === 0) return false;
  const next = text.charCodeAt(at + 1);
  if (code === HYPHEN) return next === GREATER;
  if (code === EQUALS) return next === GREATER || next === EQUALS;
  if (code === SLASH) return next === SLASH || next === STAR;
  return code !== HASH || isGeneralProtection(text, at);
}

function firstLine(text: string, start: number): string {
  return /^[^\r\n]{0,60}/.exec(text.slice(start, start + 60))?.[0] ?? "";
}
