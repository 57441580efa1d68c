import type { DefinitionKind, Span } from "../../language/index.js";
import type { TextRange, View } from "../view.js";
import { changes } from "./highlights.js";

/** A name for highlighting: what it stands for, and what its statement does with that. */
export interface NameToken {
  readonly span: Span;
  readonly kind: DefinitionKind;
  /** Its declaration; else a place whose statement changes the thing; else one that only uses it. */
  readonly role: "declaration" | "change" | "use";
}

/**
 * The known names of a file, from top to bottom. Words, numbers and comments need no program to be told apart,
 * and names that stand for nothing are left as they are.
 * @param within only names that touch this piece of the text
 */
export function nameTokens(
  { analysis }: Pick<View, "analysis">,
  file: string,
  within?: TextRange,
): readonly NameToken[] {
  const tree = analysis.trees.get(file);
  if (!tree) return [];
  const { symbols } = analysis;
  const all = within ? symbols.touching(file, within.start, within.end) : symbols.inFile(file);
  const tokens: NameToken[] = [];
  for (const [index, { span, definition }] of all.entries()) {
    // A name that is told of twice, being a duplicate of another one, is one word all the same.
    if (span.start === all[index - 1]?.span.start) continue;
    const isDeclaration = definition.span.file === file && definition.span.start === span.start;
    const role = isDeclaration ? "declaration" : changes(tree, span) ? "change" : "use";
    tokens.push({ span, kind: definition.kind, role });
  }
  return tokens;
}
