import type { Analysis, Definition, DefinitionKind, syntax } from "../../language/index.js";
import { lastFrom } from "../structure/statements.js";
import type { TextRange } from "../view.js";

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

/** Definitions by their names and by their kinds, in the order in which the files declare them. */
class Names {
  private readonly byName = new Map<string, Definition[]>();
  private readonly byKind = new Map<DefinitionKind, Definition[]>();

  constructor(definitions: readonly Definition[]) {
    for (const definition of definitions) {
      append(this.byName, definition.name, definition);
      append(this.byKind, definition.kind, definition);
    }
  }

  called(name: string): readonly Definition[] {
    return this.byName.get(name) ?? [];
  }

  of(kinds: readonly DefinitionKind[]): Definition[] {
    return kinds.flatMap((kind) => this.byKind.get(kind) ?? []);
  }
}

class Index {
  private readonly unownedList: Definition[] = [];
  private readonly ownedLists = new Map<string, Definition[]>();
  private readonly ownedNames = new Map<string, Names>();
  private readonly scenarios = new Map<string, readonly TextRange[]>();
  private unownedNames: Names | undefined;
  private allNames: Names | undefined;
  /** What was looked at from places outside of owners' blocks, where there may be many names. */
  readonly seen = new Map<string, readonly Visible[]>();

  constructor(private readonly analysis: Analysis) {
    for (const definition of analysis.symbols.definitions) {
      const { owner } = definition;
      if (owner) append(this.ownedLists, owner.name, definition);
      else this.unownedList.push(definition);
    }
    for (const [file, tree] of analysis.trees) this.scenarios.set(file, tree.placesOf("scenario"));
  }

  get everything(): Names {
    this.allNames ??= new Names(this.analysis.symbols.definitions);
    return this.allNames;
  }

  /** Hardware and owners. */
  get unowned(): Names {
    this.unownedNames ??= new Names(this.unownedList);
    return this.unownedNames;
  }

  ownedBy(owner: string): Names {
    let names = this.ownedNames.get(owner);
    if (!names) {
      names = new Names(this.ownedLists.get(owner) ?? []);
      this.ownedNames.set(owner, names);
    }
    return names;
  }

  /** Where the scenario begins in which a space is made; `undefined` for all that is made outside of one. */
  scenarioOf({ kind, span }: Definition): number | undefined {
    if (kind !== "space") return undefined;
    const scenarios = this.scenarios.get(span.file)!;
    const found = scenarios[lastFrom(scenarios, span.start)];
    return found && span.start <= found.end ? found.start : undefined;
  }
}

const indices = new WeakMap<Analysis, Index>();

/** The names that can be seen from a place, by the rules of the language: docs/language.md, "Steps". */
export class Scope {
  private readonly index: Index;
  /** A list of statements asks for the names of its tab stops many times. */
  private readonly inBlock = new Map<string, readonly Visible[]>();

  constructor(
    analysis: Analysis,
    private readonly place: ScopePlace,
  ) {
    this.index = indexOf(analysis);
  }

  /** What may be named here without an owner in front, or with one where it would be ambiguous. */
  visible(kinds: readonly DefinitionKind[]): readonly Visible[] {
    const { owner, file, scenario } = this.place;
    const seen = owner === undefined ? this.index.seen : this.inBlock;
    const key = `${kinds.join()} ${scenario} ${file}`;
    let visible = seen.get(key);
    if (!visible) {
      visible = owner === undefined ? this.everywhere(kinds) : this.visibleIn(owner, kinds);
      seen.set(key, visible);
    }
    return visible;
  }

  private visibleIn(owner: string, kinds: readonly DefinitionKind[]): Visible[] {
    const found = [...this.index.unowned.of(kinds), ...this.index.ownedBy(owner).of(kinds)];
    return found.filter((each) => this.isHere(each)).map(bare);
  }

  private everywhere(kinds: readonly DefinitionKind[]): Visible[] {
    const found = this.index.everything.of(kinds).filter((each) => this.isHere(each));
    const counts = new Map<string, number>();
    for (const { name } of found) counts.set(name, (counts.get(name) ?? 0) + 1);
    return found.map((definition) => {
      const { name, owner } = definition;
      return owner && counts.get(name) !== 1
        ? { definition, text: `${owner.name}.${name}` }
        : bare(definition);
    });
  }

  /** What may stand behind `OWNER.`. */
  visibleOf(owner: string, kinds: readonly DefinitionKind[]): Visible[] {
    const found = this.index.ownedBy(owner).of(kinds);
    return found.filter((each) => this.isHere(each)).map(bare);
  }

  /** The one thing that a written name stands for. */
  find(name: syntax.Name | undefined, kinds: readonly DefinitionKind[]): Definition | undefined {
    if (!name || name.text === "") return undefined;
    const { text, qualifier } = name;
    let only: Definition | undefined;
    for (const each of qualifier ? this.index.ownedBy(qualifier.text).called(text) : this.called(text)) {
      if (!kinds.includes(each.kind) || !this.isHere(each)) continue;
      if (only) return undefined;
      only = each;
    }
    return only;
  }

  /** Whether hardware, an owner, or something of the owner in whose block the place is has a name. */
  isTaken(name: string): boolean {
    return this.called(name).length > 0;
  }

  /** In an owner's block only the owner's own names stand without it in front. */
  private called(name: string): readonly Definition[] {
    const { owner } = this.place;
    if (owner === undefined) return this.index.everything.called(name);
    return [...this.index.unowned.called(name), ...this.index.ownedBy(owner).called(name)];
  }

  /** What a scenario makes lives in that scenario alone. */
  private isHere(definition: Definition): boolean {
    const scenario = this.index.scenarioOf(definition);
    if (scenario === undefined) return true;
    return definition.span.file === this.place.file && scenario === this.place.scenario;
  }
}

function bare(definition: Definition): Visible {
  return { definition, text: definition.name };
}

function indexOf(analysis: Analysis): Index {
  let index = indices.get(analysis);
  if (!index) {
    index = new Index(analysis);
    indices.set(analysis, index);
  }
  return index;
}

function append<K>(map: Map<K, Definition[]>, key: K, definition: Definition): void {
  const list = map.get(key);
  if (list) list.push(definition);
  else map.set(key, [definition]);
}
