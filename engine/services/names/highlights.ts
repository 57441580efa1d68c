import type { Span } from "../../language/index.js";
import { statementsAt } from "../structure/statements.js";
import { changedNames } from "./changes.js";
import { type Named, nameEverywhere } from "./everywhere.js";

/** A place of a name, and whether its statement makes or changes the thing or only uses it. */
export interface Highlight {
  readonly span: Span;
  readonly access: "read" | "write";
}

/**
 * The places in one file of the name at an offset, from top to bottom.
 * @param programs that hold the file, its own first
 * @param offset UTF-16 units
 */
export function highlightsAt(programs: readonly Named[], file: string, offset: number): readonly Highlight[] {
  const tree = programs.find(({ analysis }) => analysis.trees.has(file))?.analysis.trees.get(file);
  const found = nameEverywhere(programs, file, offset);
  if (!tree || !found) return [];
  const here = found.places.filter((span) => span.file === file);
  return here.map((span) => ({ span, access: changes(tree, span) ? "write" : "read" }));
}

/** Whether a statement makes or changes what the name at a place stands for. */
export function changes(tree: Parameters<typeof statementsAt>[0], { start }: Pick<Span, "start">): boolean {
  const statement = statementsAt(tree, start).at(-1);
  return statement !== undefined && changedNames(statement).some(({ textStart }) => textStart === start);
}
