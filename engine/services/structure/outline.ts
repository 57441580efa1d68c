import type { DefinitionKind, syntax } from "../../language/index.js";
import type { TextRange, View } from "../view.js";
import { detailOf, type OutlineSource } from "./outline-details.js";
import { type Statement, statementsIn } from "./statements.js";

/** What an entry of an outline stands for. */
export type OutlineKind = DefinitionKind | "cpu" | "viommu" | "scenario";

/** Something that a file declares, with what is declared inside it. */
export interface OutlineEntry {
  /** Never empty. */
  readonly name: string;
  readonly kind: OutlineKind;
  /** What matters of it in a few words; may be empty. */
  readonly detail: string;
  /** The whole statement. */
  readonly span: TextRange;
  /** The name alone. */
  readonly nameSpan: TextRange;
  readonly children: readonly OutlineEntry[];
}

/** Everything that a file declares, in written order; what has no name yet is left out. */
export function outlineOf({ analysis }: Pick<View, "analysis">, file: string): readonly OutlineEntry[] {
  const tree = analysis.trees.get(file);
  return tree ? entriesIn(tree, { analysis, tree, file }) : [];
}

function entriesIn(outer: Statement | syntax.SourceFile, source: OutlineSource): OutlineEntry[] {
  return statementsIn(outer).flatMap((statement) => entryOf(statement, source) ?? []);
}

function entryOf(statement: Statement, source: OutlineSource): OutlineEntry | undefined {
  switch (statement.kind) {
    case "cpu":
    case "viommu":
      return { ...entry(statement, statement.kind, beginning(statement), source), name: statement.kind };
    case "scenario": {
      const { title } = statement;
      const place = title ?? beginning(statement);
      return { ...entry(statement, "scenario", place, source), name: title?.value.trim() || "scenario" };
    }
    case "iommu":
    case "pdev":
    case "mdev":
    case "group":
    case "guest":
    case "native":
    case "memory":
    case "process":
      return named(statement, statement.name, statement.kind, source);
    case "ioasid":
    case "object":
      return named(statement, statement.name, "space", source);
    default:
      return undefined;
  }
}

function named(
  statement: Statement,
  name: syntax.Name | undefined,
  kind: OutlineKind,
  source: OutlineSource,
): OutlineEntry | undefined {
  if (!name?.text) return undefined;
  const place = { start: name.textStart, end: name.end };
  return { ...entry(statement, kind, place, source), name: name.text };
}

function entry(
  statement: Statement,
  kind: OutlineKind,
  nameSpan: TextRange,
  source: OutlineSource,
): Omit<OutlineEntry, "name"> {
  return {
    kind,
    detail: detailOf(statement, source),
    span: { start: statement.start, end: statement.end },
    nameSpan: { start: nameSpan.start, end: nameSpan.end },
    children: entriesIn(statement, source),
  };
}

/** The first word of a statement, for those that have no name. */
function beginning({ kind, start }: Statement): TextRange {
  return { start, end: start + kind.length };
}
