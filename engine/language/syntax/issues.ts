import type { SyntaxIssue } from "./tree.js";

/** What each syntax rule says of the case at hand. Texts from the file are as written, shortened if long. */
export interface SyntaxFacts {
  S001: { found: string; count: number };
  S002: { found: string };
  S003: { opened: string };
  S004: { found: string };
  S005: { found: string; instead: string | undefined };
  S006: { found: string; reason: "form" | "device" | "function" };
  S007: { found: string; instead: string };
  S008: { percent: number };
  S009: { found: string; instead: string | undefined; place: string };
  S010: { found: string; instead: string | undefined; statement: string; form: string };
  S011: { expected: string; found: string; statement: string; form: string };
  S012: { block: string; found: string };
  S013: { block: string };
  S014: Record<never, never>;
  S015: { statement: string; place: string; belongs: string };
  S016: { found: string; instead: string | undefined; declaration: string; known: string };
  S017: { property: string; declaration: string };
  S018: { property: string; expected: string; found: string };
  S019: { property: string; expected: string; found: string; instead: string | undefined };
  S020: { range: string; reason: "empty" | "backwards" | "past-end" };
  S021: Record<never, never>;
  S022: Record<never, never>;
  S023: Record<never, never>;
  S024: { found: string; instead: string | undefined };
  S025: { found: string; instead: string | undefined; known: string };
  S026: { found: string; expected: string };
  S027: { found: string };
  S028: { limit: number };
  S029: { statement: string };
  S030: { found: string };
  S031: { found: string; name: string };
  S032: { name: string; statement: string };
}

export type SyntaxRuleId = keyof SyntaxFacts;

/** Nobody reads more than this; the last issue then says that there are others. */
export const ISSUE_LIMIT = 200;

/** Longest piece of the file that a message repeats. */
const LONGEST_QUOTE = 40;

/** A piece of the file for a message. */
export function quote(text: string): string {
  return text.length <= LONGEST_QUOTE ? text : `${text.slice(0, LONGEST_QUOTE - 1)}…`;
}

/** "`a`, `b` or `c`", for a message. */
export function either(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``);
  const last = quoted.pop() ?? "";
  return quoted.length === 0 ? last : `${quoted.join(", ")} or ${last}`;
}

/** Collects what is wrong with a text, and stops collecting when it is too much. */
export class Issues {
  private readonly found: SyntaxIssue[] = [];

  /** Whether this collector took all it can hold. */
  get full(): boolean {
    return this.found.length > ISSUE_LIMIT;
  }

  add<R extends SyntaxRuleId>(rule: R, start: number, end: number, facts: SyntaxFacts[R]): void {
    if (!this.full) this.found.push({ rule, start, end, facts });
  }

  /** Every issue of this collector and of `other` in text order, with a last word when there are too many. */
  mergedWith(other: Issues): SyntaxIssue[] {
    const all = [...this.found, ...other.found].sort((a, b) => a.start - b.start || a.end - b.end);
    const first = all[ISSUE_LIMIT];
    if (first === undefined) return all;
    const facts: SyntaxFacts["S028"] = { limit: ISSUE_LIMIT };
    return [...all.slice(0, ISSUE_LIMIT), { rule: "S028", start: first.start, end: first.end, facts }];
  }
}
