import type { Definition, Span } from "../language/index.js";
import type { View } from "./view.js";

/** The name at an offset with what it stands for; `undefined` where no known name stands. */
export interface NameAt {
  readonly span: Span;
  readonly definition: Definition;
}

/** @param offset UTF-16 units; the offset right after a name's last letter counts as well */
export function nameAt(
  { analysis }: Pick<View, "analysis">,
  file: string,
  offset: number,
): NameAt | undefined {
  return analysis.symbols.at(file, offset);
}

/** Where the name at an offset is declared: the name itself, and the whole statement. */
export function definitionAt(
  view: Pick<View, "analysis">,
  file: string,
  offset: number,
): { readonly from: Span; readonly name: Span; readonly statement: Span } | undefined {
  const found = nameAt(view, file, offset);
  if (!found) return undefined;
  const { span, statement } = found.definition;
  return { from: found.span, name: span, statement };
}
