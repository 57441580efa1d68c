import type { Span, syntax } from "../../language/index.js";
import type { Named } from "../names/everywhere.js";
import { type OutlineEntry, type OutlineKind, outlineOf } from "./outline.js";

/** Something that a file of a workspace declares. */
export interface FoundSymbol {
  readonly name: string;
  readonly kind: OutlineKind;
  /** The owner or scenario in which it is declared. */
  readonly container: string | undefined;
  /** The name alone. */
  readonly span: Span;
}

/** What the symbols of a tree are, found once for as long as the tree lives. */
const KNOWN = new WeakMap<syntax.SourceFile, readonly FoundSymbol[]>();

/**
 * What the files of a workspace declare, each once, the best matches first: the query as it stands, then names
 * that begin with it, that hold it, and that hold its letters in their order. Letter case does not matter, and
 * an owner may stand in front, as in `vm0.gpa`. An empty query matches everything.
 * @param programs of all root files
 * @param limit the most symbols that are given
 */
export function searchSymbols(programs: readonly Named[], query: string, limit: number): FoundSymbol[] {
  const wanted = query.toLowerCase().replace(/\s+/g, "");
  const ranked: FoundSymbol[][] = RANKS.map(() => []);
  for (const symbol of symbolsOf(programs)) {
    const rank = rankOf(wanted, symbol);
    if (rank >= 0) ranked[rank]!.push(symbol);
  }
  return ranked.flat().slice(0, limit);
}

/** Each file once: as its own program has it, or, when it is no root file, as the first that imports it. */
function* symbolsOf(programs: readonly Named[]): Generator<FoundSymbol> {
  const seen = new Set(programs.map(({ analysis }) => analysis.program.file));
  for (const { analysis } of programs) {
    const own = analysis.program.file;
    for (const [file, tree] of analysis.trees) {
      if (file !== own && seen.has(file)) continue;
      seen.add(file);
      let symbols = KNOWN.get(tree);
      if (!symbols) {
        symbols = flat(outlineOf({ analysis }, file), file, undefined);
        KNOWN.set(tree, symbols);
      }
      yield* symbols;
    }
  }
}

function flat(entries: readonly OutlineEntry[], file: string, container: string | undefined): FoundSymbol[] {
  return entries.flatMap(({ name, kind, nameSpan, children }) => [
    { name, kind, container, span: { file, ...nameSpan } },
    ...flat(children, file, name),
  ]);
}

const RANKS: readonly ((wanted: string, name: string) => boolean)[] = [
  (wanted, name) => name === wanted,
  (wanted, name) => name.startsWith(wanted),
  (wanted, name) => name.includes(wanted),
  hasLetters,
];

function rankOf(wanted: string, { name, container }: FoundSymbol): number {
  const bare = name.toLowerCase();
  const rank = RANKS.findIndex((fits) => fits(wanted, bare));
  if (rank >= 0 || container === undefined || !wanted.includes(".")) return rank;
  const qualified = `${container.toLowerCase()}.${bare}`;
  return RANKS.findIndex((fits) => fits(wanted, qualified));
}

/** Whether a name holds the letters of a query in their order. */
function hasLetters(wanted: string, name: string): boolean {
  let at = 0;
  for (const letter of wanted) {
    at = name.indexOf(letter, at);
    if (at < 0) return false;
    at += letter.length;
  }
  return true;
}
