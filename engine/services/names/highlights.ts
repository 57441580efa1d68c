import type { Span } from "../../language/index.js";
import { statementsAt } from "../structure/statements.js";
import { changedNames } from "./changes.js";
import type { Named } from "./everywhere.js";

/** A place of a name, and whether its statement makes or changes the thing or only uses it. */
export interface Highlight {
  readonly span: Span;
  readonly access: "read" | "write";
}

/**
 * The places in one file of the name at an offset, from top to bottom. The first program that knows the name
 * knows all its places in the file, so that many importing programs cost nothing at each move of a cursor.
 * @param programs that hold the file, its own first
 * @param offset UTF-16 units
 */
export function highlightsAt(programs: readonly Named[], file: string, offset: number): readonly Highlight[] {
  for (const { analysis } of programs) {
    const tree = analysis.trees.get(file);
    const found = tree && analysis.symbols.at(file, offset);
    if (!found) continue;
    const here = analysis.symbols.references(found.definition).filter((span) => span.file === file);
    const byStart = new Map(here.map((span) => [span.start, span]));
    const inOrder = [...byStart.values()].sort((a, b) => a.start - b.start);
    return inOrder.map((span) => ({ span, access: changes(tree, span) ? "write" : "read" }));
  }
  return [];
}

/** Whether a statement makes or changes what the name at a place stands for. */
export function changes(tree: Parameters<typeof statementsAt>[0], { start }: Pick<Span, "start">): boolean {
  const statement = statementsAt(tree, start).at(-1);
  return statement !== undefined && changedNames(statement).some(({ textStart }) => textStart === start);
}
