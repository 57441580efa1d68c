import type { Definition, Span } from "../../language/index.js";
import { statementsAt } from "../structure/statements.js";
import { type Edge, edgesOf } from "./edges.js";
import { Holders, type Named, nameEverywhere } from "./everywhere.js";

/** A thing as it is seen from a file: where it is declared, or first named there. */
export interface FlowItem {
  readonly definition: Definition;
  /** The name, and the whole statement in which it stands. */
  readonly span: Span;
  readonly statement: Span;
}

/** A thing on the other side, with the places in one file that say so. */
export interface FlowLink {
  readonly item: FlowItem;
  readonly places: readonly Span[];
}

/** The thing at an offset, for asking what leads to it and where it leads. @param offset UTF-16 units */
export function flowItemAt(programs: readonly Named[], file: string, offset: number): FlowItem | undefined {
  const found = nameEverywhere(programs, file, offset);
  if (!found) return undefined;
  return new Flow(programs).itemIn(file, found.definition, found.from);
}

/** What leads to the thing at an offset: each thing once for each file that says so. */
export function flowInto(programs: readonly Named[], file: string, offset: number): readonly FlowLink[] {
  return new Flow(programs).links(file, offset, "to");
}

/** Where the thing at an offset leads: each thing once, with the places in the asked file as far as it has some. */
export function flowFrom(programs: readonly Named[], file: string, offset: number): readonly FlowLink[] {
  return new Flow(programs).links(file, offset, "from");
}

class Flow {
  private readonly holders: Holders;

  constructor(private readonly programs: readonly Named[]) {
    this.holders = new Holders(programs);
  }

  links(file: string, offset: number, side: "from" | "to"): readonly FlowLink[] {
    const asked = nameEverywhere(this.programs, file, offset);
    if (!asked) return [];
    const links = new Map<string, { readonly item: FlowItem; readonly places: Span[] }>();
    const own = new Set(asked.places.map(keyOf));
    for (const place of asked.places) {
      for (const edge of this.edgesAt(place)) {
        if (!own.has(keyOf({ file: place.file, start: edge[side].textStart }))) continue;
        this.add(links, side, place.file, edge);
      }
    }
    if (side === "to") return [...links.values()];
    // The places of a link belong to the file of the thing that was asked about.
    const here = (span: Span): boolean => span.file === file;
    return [...links.values()].map(({ item, places }) => {
      const inFile = places.filter(here);
      return { item, places: inFile.length > 0 ? inFile : [asked.from] };
    });
  }

  /** A thing seen from a file: its declaration there, else the given place. */
  itemIn(file: string, definition: Definition, place: Span): FlowItem {
    const span = definition.span.file === file ? definition.span : place;
    const tree = this.holders.treeOf(span.file);
    const statement = tree && statementsAt(tree, span.start).at(-1);
    const { start, end } = statement ?? span;
    return { definition, span, statement: { file: span.file, start, end } };
  }

  private edgesAt({ file, start }: Span): Iterable<Edge> {
    const tree = this.holders.treeOf(file);
    return tree ? edgesOf(statementsAt(tree, start)) : [];
  }

  private add(
    links: Map<string, { readonly item: FlowItem; readonly places: Span[] }>,
    side: "from" | "to",
    file: string,
    edge: Edge,
  ): void {
    const other = edge[side === "to" ? "from" : "to"];
    const span = { file, start: other.textStart, end: other.end };
    const definition = this.holders.definitionAt(span);
    if (!definition) return;
    const item = this.itemIn(side === "to" ? file : definition.span.file, definition, span);
    const key = keyOf(item.span);
    const place = { file, start: edge.start, end: edge.end };
    const known = links.get(key);
    if (!known) links.set(key, { item, places: [place] });
    else if (!known.places.some((each) => keyOf(each) === keyOf(place))) known.places.push(place);
  }
}

function keyOf({ file, start }: Pick<Span, "file" | "start">): string {
  return `${start} ${file}`;
}
