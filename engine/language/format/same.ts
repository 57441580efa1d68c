import { type SourceFile, TokenKind } from "../syntax/index.js";

/** What of a tree says only where its nodes stand, or is a comment. */
const PLACES: ReadonlySet<string> = new Set(["start", "end", "textStart", "documentation", "tokens"]);

/** Whether two texts hold the same tokens, the same comments but for blanks, and were understood alike. */
export function sameMeaning(a: SourceFile, b: SourceFile): boolean {
  const left = contents(a);
  const right = contents(b);
  return (
    left.length === right.length &&
    left.every((text, index) => text === right[index]) &&
    a.issues.length === b.issues.length &&
    a.issues.every(({ rule, facts }, i) => rule === b.issues[i]!.rule && same(facts, b.issues[i]!.facts)) &&
    same(a.items, b.items)
  );
}

function contents({ tokens }: SourceFile): string[] {
  const texts: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const kind = tokens.kind(at);
    if (kind === TokenKind.blank) continue;
    const text = tokens.textOf(at);
    texts.push(kind <= TokenKind.blockComment ? text.replace(/\s+/g, "") : text);
  }
  return texts;
}

/** Whether two values are alike but for places; nodes and facts of one kind have the same keys. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return a === b;
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return false;
  for (const key of Object.keys(a)) {
    if (PLACES.has(key)) continue;
    if (!same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])) return false;
  }
  return true;
}
