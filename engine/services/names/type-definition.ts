import type { Definition, Span } from "../../language/index.js";
import { type Statement, statementsAt } from "../structure/statements.js";
import type { View } from "../view.js";

/** A name that stands behind another one, with the place from where it was asked. */
export interface Behind {
  readonly from: Span;
  readonly definitions: readonly Definition[];
}

/**
 * What stands behind the thing at an offset, one step nearer to the hardware or to who owns it: the parent of
 * a nested IOASID and the owner of a root one, the pdev of an mdev, the IOMMU of a pdev, the members of a
 * group, the owner of a memory or process. Behind an IOMMU and an owner stands nothing.
 * @param offset UTF-16 units
 */
export function behindNameAt(
  { analysis }: Pick<View, "analysis">,
  file: string,
  offset: number,
): Behind | undefined {
  const { symbols, trees } = analysis;
  const found = symbols.at(file, offset);
  if (!found) return undefined;
  const names = new Set<Definition>();
  for (const span of symbols.references(found.definition)) {
    const tree = trees.get(span.file);
    const statement = tree && statementsAt(tree, span.start).at(-1);
    if (!statement || !declares(statement, span)) continue;
    for (const end of behind(statement)) {
      const other = symbols.at(span.file, end)?.definition;
      if (other) names.add(other);
    }
  }
  const { owner } = found.definition;
  if (names.size === 0 && owner) names.add(owner);
  return names.size === 0 ? undefined : { from: found.span, definitions: [...names] };
}

/** Whether a statement declares the name at a place; a space can be allocated again, with another parent. */
function declares(statement: Statement, { start }: Span): boolean {
  return "name" in statement && statement.name?.textStart === start;
}

/** Ends of the names in a declaration that say what stands behind it. */
function behind(statement: Statement): readonly number[] {
  switch (statement.kind) {
    case "ioasid":
    case "object":
    case "mdev":
      return statement.parent ? [statement.parent.end] : [];
    case "pdev":
      return statement.iommu ? [statement.iommu.end] : [];
    case "group":
      return statement.members.map(({ end }) => end);
    default:
      return [];
  }
}
