import { type SourceFile, TokenKind, type TokenList } from "../syntax/index.js";

/** What of a tree says only where its nodes stand, or is a comment. */
const PLACES: ReadonlySet<string> = new Set([
  "start",
  "end",
  "firstEnd",
  "secondStart",
  "source",
  "documentation",
  "tokens",
]);

/** Whether two texts hold the same tokens, the same comments but for blanks, and were understood alike. */
export function sameMeaning(a: SourceFile, b: SourceFile): boolean {
  return (
    sameTokens(a.tokens, b.tokens) &&
    a.issues.length === b.issues.length &&
    a.issues.every(({ rule, facts }, i) => rule === b.issues[i]!.rule && same(facts, b.issues[i]!.facts)) &&
    same(a.items, b.items)
  );
}

function sameTokens(a: TokenList, b: TokenList): boolean {
  let left = afterBlank(a, 0);
  let right = afterBlank(b, 0);
  while (left < a.length && right < b.length) {
    if (textAt(a, left) !== textAt(b, right)) return false;
    left = afterBlank(a, left + 1);
    right = afterBlank(b, right + 1);
  }
  return left >= a.length && right >= b.length;
}

function afterBlank(tokens: TokenList, at: number): number {
  return tokens.kind(at) === TokenKind.blank ? at + 1 : at;
}

function textAt(tokens: TokenList, at: number): string {
  const text = tokens.textOf(at);
  return tokens.kind(at) <= TokenKind.blockComment ? text.replace(/\s+/g, "") : text;
}

/** Whether two values are alike but for places; nodes and facts of one kind have the same keys. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return a === b;
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  for (const key of Object.keys(a)) {
    if (PLACES.has(key)) continue;
    if (!same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])) return false;
  }
  return true;
}
