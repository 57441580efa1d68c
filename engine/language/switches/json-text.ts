import type { At } from "../syntax/index.js";

/** A JSON value and where it stands. */
export type JsonValue = At &
  (
    | { readonly kind: "object"; readonly members: readonly JsonMember[] }
    | { readonly kind: "array" }
    | { readonly kind: "string"; readonly value: string }
    /** A number, `true`, `false` or `null`. */
    | { readonly kind: "literal" }
  );

export interface JsonMember {
  readonly key: At & { readonly value: string };
  readonly value: JsonValue;
}

/** Something that JSON does not have. Both texts are sentences. */
export interface JsonProblem extends At {
  readonly problem: string;
  readonly help: string;
}

/** Deeper than any configuration, and shallower than what would exhaust the stack. */
const DEEPEST = 50;

/** Nobody reads more than this. */
const MOST_PROBLEMS = 20;

/** One word, number, or mark that JSON may not know; never empty. */
const WORD = /[^\s{}[\]:,"'/]+|[\s\S]/y;
const STRING = /"(?:[^"\\\r\n]|\\.)*("?)/y;
const SINGLE = /'(?:[^'\\\r\n]|\\.)*('?)/y;
const BLANK = /[ \t\r\n\uFEFF]+|\/\/[^\r\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?/y;
const LITERAL = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

/**
 * Reads a text as JSON with the places of its parts. It never fails: what JSON does not have is told, and
 * everything around it is read as far as it can be understood.
 */
export function readJson(text: string): { value: JsonValue | undefined; problems: readonly JsonProblem[] } {
  const reader = new Reader(text);
  return { value: reader.file(), problems: reader.problems };
}

class Reader {
  readonly problems: JsonProblem[] = [];
  private at = 0;
  private hasTooDeep = false;

  constructor(private readonly text: string) {}

  file(): JsonValue | undefined {
    const value = this.value(0);
    this.blanks();
    if (value && this.at < this.text.length && !this.hasTooDeep) {
      this.tell(this.at, this.text.length, "The file goes on after its end.", "Take the rest out.");
    }
    return value;
  }

  private value(depth: number): JsonValue | undefined {
    this.blanks();
    const start = this.at;
    const first = this.text[start];
    if (first === "{" || first === "[") {
      if (depth < DEEPEST) return first === "{" ? this.object(depth) : this.array(depth);
      this.hasTooDeep = true;
      this.at = this.text.length;
      this.tell(start, start + 1, `This is nested more than ${DEEPEST} levels deep.`, "Take it out.");
      return undefined;
    }
    if (first === '"' || first === "'") return { kind: "string", ...this.string() };
    if (first === undefined || "}],:".includes(first)) {
      const end = Math.min(start + 1, this.text.length);
      this.tell(start, end, "A value is missing here.", "Write one, or take the key out.");
      return undefined;
    }
    const word = this.word();
    if (!LITERAL.test(word)) {
      this.tell(start, this.at, `\`${word}\` is no JSON value.`, `Did you mean "${word}", with quotes?`);
    }
    return { kind: "literal", start, end: this.at };
  }

  private object(depth: number): JsonValue {
    const start = this.at++;
    const members: JsonMember[] = [];
    this.items("}", start, () => {
      const member = this.member(depth);
      if (member) members.push(member);
    });
    return { kind: "object", members, start, end: this.at };
  }

  private array(depth: number): JsonValue {
    const start = this.at++;
    this.items("]", start, () => this.value(depth + 1));
    return { kind: "array", start, end: this.at };
  }

  /** What stands between two brackets, with its commas. */
  private items(closing: string, start: number, item: () => void): void {
    let comma: number | undefined;
    for (let count = 0; ; count++) {
      this.blanks();
      const next = this.text[this.at];
      if (next === closing) {
        this.at += 1;
        if (comma !== undefined) this.tell(comma, comma + 1, "Nothing follows this comma.", "Take it out.");
        return;
      }
      // A bracket of the other kind ends this one too: the mistake is here and not in what is around it.
      if (next === undefined || next === "}" || next === "]") {
        const opening = this.text[start]!;
        if (!this.hasTooDeep) {
          this.tell(
            start,
            start + 1,
            `This \`${opening}\` is never closed.`,
            `Add the missing \`${closing}\`.`,
          );
        }
        return;
      }
      if (count > 0 && comma === undefined) {
        this.tell(this.at, this.at + 1, "A comma is missing before this.", "Add it.");
      }
      const before = this.at;
      item();
      this.blanks();
      comma = this.text[this.at] === "," ? this.at++ : undefined;
      if (this.at === before) this.at += 1;
    }
  }

  private member(depth: number): JsonMember | undefined {
    const key = this.key();
    this.blanks();
    if (this.text[this.at] !== ":") {
      const help = `Write \`"${key.value}": …\`.`;
      this.tell(key.start, Math.max(key.end, key.start + 1), "This key has no value.", help);
      return undefined;
    }
    this.at += 1;
    const value = this.value(depth + 1);
    return value && { key, value };
  }

  private key(): JsonMember["key"] {
    const start = this.at;
    const first = this.text[start]!;
    if (first === '"' || first === "'") return this.string();
    const value = first === ":" || first === "," ? "" : this.word();
    const help = value === "" ? "Write it in quotes." : `Write \`"${value}"\`.`;
    this.tell(start, Math.max(this.at, start + 1), "A key in quotes belongs here.", help);
    return { value, start, end: this.at };
  }

  private string(): At & { readonly value: string } {
    const start = this.at;
    const pattern = this.text[start] === '"' ? STRING : SINGLE;
    pattern.lastIndex = start;
    const [raw, closing] = pattern.exec(this.text)!;
    this.at = start + raw.length;
    const inner = raw.slice(1, closing === "" ? undefined : -1);
    if (closing === "") {
      this.tell(start, this.at, "This text does not end on its line.", 'Add the closing `"`.');
    } else if (closing === "'") {
      this.tell(start, this.at, "JSON has no single quotes.", `Write \`"${inner}"\`.`);
    }
    return { value: this.unescaped(inner, start), start, end: this.at };
  }

  private unescaped(inner: string, start: number): string {
    try {
      return String(JSON.parse(`"${inner.replace(/(^|[^\\])"/g, '$1\\"')}"`));
    } catch {
      this.tell(
        start,
        this.at,
        "This text has an escape that JSON does not know.",
        "Write the character itself.",
      );
      return inner;
    }
  }

  private word(): string {
    WORD.lastIndex = this.at;
    const [word] = WORD.exec(this.text)!;
    this.at += word.length;
    return word;
  }

  private blanks(): void {
    for (;;) {
      BLANK.lastIndex = this.at;
      const found = BLANK.exec(this.text)?.[0];
      if (found === undefined) return;
      const start = this.at;
      this.at += found.length;
      if (found.startsWith("/")) this.tell(start, this.at, "JSON has no comments.", "Take it out.");
    }
  }

  private tell(start: number, end: number, problem: string, help: string): void {
    if (this.problems.length < MOST_PROBLEMS) this.problems.push({ start, end, problem, help });
  }
}
