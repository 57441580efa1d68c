import type { Analysis, Definition, DefinitionKind, syntax } from "../../language/index.js";
import { statementsAt } from "../structure/statements.js";

/** A definition, and how it is written at the cursor. */
export interface Visible {
  readonly definition: Definition;
  readonly text: string;
}

/** Where names are looked up. */
export interface ScopePlace {
  readonly file: string;
  /** Name of the owner whose block it is; `undefined` in a scenario and in a file. */
  readonly owner: string | undefined;
  /** Where the scenario begins; `undefined` outside of one. */
  readonly scenario: number | undefined;
}

interface Index {
  readonly byName: ReadonlyMap<string, readonly Definition[]>;
  readonly byKind: ReadonlyMap<DefinitionKind, readonly Definition[]>;
  /** Where the scenario begins that makes a space. */
  readonly locals: ReadonlyMap<Definition, number>;
}

const indices = new WeakMap<Analysis, Index>();

/** The names that can be seen from a place, by the rules of the language: docs/language.md, "Steps". */
export class Scope {
  private readonly index: Index;
  private readonly seen = new Map<string, readonly Visible[]>();

  constructor(
    analysis: Analysis,
    private readonly place: ScopePlace,
  ) {
    this.index = indexOf(analysis);
  }

  /** What may be named here without an owner in front, or with one where it would be ambiguous. */
  visible(kinds: readonly DefinitionKind[]): readonly Visible[] {
    const key = kinds.join();
    const known = this.seen.get(key);
    if (known) return known;
    const visible = this.look(kinds);
    this.seen.set(key, visible);
    return visible;
  }

  private look(kinds: readonly DefinitionKind[]): Visible[] {
    const found = this.fitting(kinds);
    if (this.place.owner !== undefined)
      return found.map((definition) => ({ definition, text: definition.name }));
    const counts = new Map<string, number>();
    for (const { name } of found) counts.set(name, (counts.get(name) ?? 0) + 1);
    return found.map((definition) => {
      const { name, owner } = definition;
      return { definition, text: owner && counts.get(name) !== 1 ? `${owner.name}.${name}` : name };
    });
  }

  /** What may stand behind `OWNER.`. */
  visibleOf(owner: string, kinds: readonly DefinitionKind[]): Visible[] {
    return this.all(kinds)
      .filter((definition) => definition.owner?.name === owner)
      .map((definition) => ({ definition, text: definition.name }));
  }

  /** The one thing that a written name stands for. */
  find(name: syntax.Name | undefined, kinds: readonly DefinitionKind[]): Definition | undefined {
    if (!name || name.text === "") return undefined;
    const { text, qualifier } = name;
    const found = (this.index.byName.get(text) ?? []).filter(
      (each) => kinds.includes(each.kind) && this.isHere(each),
    );
    const fitting = qualifier
      ? found.filter((each) => each.owner?.name === qualifier.text)
      : found.filter((each) => this.isBare(each));
    return fitting.length === 1 ? fitting[0] : undefined;
  }

  /** Whether hardware, an owner, or something of the owner in whose block the place is has a name. */
  isTaken(name: string): boolean {
    return (this.index.byName.get(name) ?? []).some((each) => this.isBare(each));
  }

  private fitting(kinds: readonly DefinitionKind[]): Definition[] {
    return this.all(kinds).filter((each) => this.isBare(each));
  }

  /** In an owner's block only the owner's own names stand without it in front. */
  private isBare({ owner }: Definition): boolean {
    return this.place.owner === undefined || !owner || owner.name === this.place.owner;
  }

  private all(kinds: readonly DefinitionKind[]): Definition[] {
    return kinds.flatMap((kind) => this.index.byKind.get(kind) ?? []).filter((each) => this.isHere(each));
  }

  /** What a scenario makes lives in that scenario alone. */
  private isHere(definition: Definition): boolean {
    const scenario = this.index.locals.get(definition);
    if (scenario === undefined) return true;
    return definition.span.file === this.place.file && scenario === this.place.scenario;
  }
}

function indexOf(analysis: Analysis): Index {
  const known = indices.get(analysis);
  if (known) return known;
  const byName = new Map<string, Definition[]>();
  const byKind = new Map<DefinitionKind, Definition[]>();
  const locals = new Map<Definition, number>();
  for (const definition of analysis.symbols.definitions) {
    const { kind, span, name } = definition;
    append(byName, name, definition);
    append(byKind, kind, definition);
    if (kind !== "space") continue;
    const tree = analysis.trees.get(span.file);
    const [block] = tree ? statementsAt(tree, span.start) : [];
    if (block?.kind === "scenario") locals.set(definition, block.start);
  }
  const index = { byName, byKind, locals };
  indices.set(analysis, index);
  return index;
}

function append<K>(map: Map<K, Definition[]>, key: K, definition: Definition): void {
  const list = map.get(key);
  if (list) list.push(definition);
  else map.set(key, [definition]);
}
