import type { syntax } from "../../language/index.js";

/** An entry of a list of statements: one of them, or one in a place where it means nothing. */
export type Item = syntax.FileItem | syntax.OwnerItem | syntax.Body["steps"][number];

/** A statement of any kind: on the top level of a file, in an owner or scenario, or in the body of a table. */
export type Statement = Exclude<Item, syntax.Misplaced>;

/** The statements on the top level of a file, or directly inside another statement, in text order. */
export function statementsIn(outer: Statement | syntax.SourceFile): readonly Statement[] {
  return itemsIn(outer).map(statementOf);
}

/**
 * The statements that hold an offset, the outermost first; a statement's end counts as inside.
 * @param offset UTF-16 units from the start of the file
 */
export function statementsAt(tree: syntax.ParsedFile, offset: number): readonly Statement[] {
  const path: Statement[] = [];
  let index = tree.itemBefore(offset + 1);
  let found: Item | undefined = index < 0 ? undefined : tree.item(index);
  while (found && offset <= found.end) {
    const statement = statementOf(found);
    path.push(statement);
    const items = itemsIn(statement);
    index = lastFrom(items, offset);
    found = items[index];
  }
  return path;
}

/** What stands on the top level of a file, or directly inside of a statement, in text order. */
export function itemsIn(outer: Statement | syntax.SourceFile): readonly Item[] {
  switch (outer.kind) {
    case "file":
    case "guest":
    case "native":
      return outer.items;
    case "scenario":
      return outer.steps;
    case "ioasid":
    case "object":
    case "bind-table":
      return outer.body?.steps ?? [];
    default:
      return [];
  }
}

/** A statement in a place where it means nothing is a statement all the same. */
export function statementOf(item: Item): Statement {
  return item.kind === "misplaced" ? statementOf(item.statement) : item;
}

/** Index of the last thing that begins at an offset or before it, of some in text order; -1 for none. */
export function lastFrom(things: readonly { readonly start: number }[], offset: number): number {
  let low = 0;
  let high = things.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (things[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
