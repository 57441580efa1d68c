import type { Definition, Span, syntax } from "../../language/index.js";
import type { View } from "../view.js";

/** A program as far as its names matter. */
export type Named = Pick<View, "analysis">;

/** A name with all its places in several programs. */
export interface NameEverywhere {
  /** The place that was asked about. */
  readonly from: Span;
  /** As the first program that knows the name sees it. */
  readonly definition: Definition;
  /** Where the name is declared: in one place, unless the programs do not agree about it. */
  readonly declarations: readonly Span[];
  /** Every place of the name, its declarations among them, each once, by file and then from top to bottom. */
  readonly places: readonly Span[];
}

/**
 * The name at an offset with its places in all programs that share the file, or a file that shares the name:
 * the scenarios of an imported file are known to its own program alone, and other files use what it declares.
 * @param programs root files of one workspace, which call a file by one name; the first that knows the name counts
 * @param offset UTF-16 units; the offset right after a name's last letter counts as well
 */
export function nameEverywhere(
  programs: readonly Named[],
  file: string,
  offset: number,
): NameEverywhere | undefined {
  const holders = new Holders(programs);
  for (const { analysis } of holders.of(file)) {
    const found = analysis.symbols.at(file, offset);
    if (found) return { from: found.span, definition: found.definition, ...spread(holders, found.span) };
  }
  return undefined;
}

/** The programs that hold each file. */
export class Holders {
  private readonly holders = new Map<string, Named[]>();

  constructor(programs: readonly Named[]) {
    for (const program of programs) {
      for (const file of program.analysis.trees.keys()) {
        const list = this.holders.get(file);
        if (list) list.push(program);
        else this.holders.set(file, [program]);
      }
    }
  }

  /** In the order in which they were given. */
  of(file: string): readonly Named[] {
    return this.holders.get(file) ?? [];
  }

  treeOf(file: string): syntax.ParsedFile | undefined {
    return this.of(file)[0]?.analysis.trees.get(file);
  }

  /** What the name at a place stands for, as the first program sees it that knows the name. */
  definitionAt({ file, start }: Pick<Span, "file" | "start">): Definition | undefined {
    for (const { analysis } of this.of(file)) {
      const found = analysis.symbols.at(file, start);
      if (found?.span.start === start) return found.definition;
    }
    return undefined;
  }
}

/** Follows a name from each of its places to every program that holds the file, until nothing new is found. */
function spread(holders: Holders, from: Span): Pick<NameEverywhere, "declarations" | "places"> {
  const places = new Map<string, Span>([[keyOf(from), from]]);
  const definitions = new Set<Definition>();
  // A map may grow while it is walked, and what came in is walked as well.
  for (const { file, start, end } of places.values()) {
    for (const { analysis } of holders.of(file)) {
      const found = analysis.symbols.at(file, start);
      if (!found || found.span.start !== start || found.span.end !== end) continue;
      if (definitions.has(found.definition)) continue;
      definitions.add(found.definition);
      for (const span of analysis.symbols.references(found.definition)) {
        const key = keyOf(span);
        if (!places.has(key)) places.set(key, span);
      }
    }
  }
  const declarations = new Map([...definitions].map(({ span }) => [keyOf(span), span]));
  return { declarations: sorted(declarations.values()), places: sorted(places.values()) };
}

function keyOf({ file, start }: Span): string {
  return `${start} ${file}`;
}

function sorted(spans: Iterable<Span>): readonly Span[] {
  return [...spans].sort((a, b) => (a.file === b.file ? a.start - b.start : a.file < b.file ? -1 : 1));
}
