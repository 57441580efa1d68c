import type { Span } from "../program.js";
import { type Name, nearest } from "../syntax/index.js";
import {
  type Definition,
  type DefinitionKind,
  type Entry,
  kindWords,
  neededWords,
  qualifiedName,
} from "./definition.js";
import type { Place, Reporter } from "./reporter.js";
import { Symbols } from "./symbols.js";

/** Names that one hint looks at, and hints that one compilation gives: the effort stays bounded. */
const COMPARED = 2000;
const HINTS = 100;

/** Candidates of an ambiguous name that a message shows. */
const SHOWN = 5;

/** Where a name is looked up: an owner block sees its own names first, a scenario those of all owners. */
export interface Scope {
  readonly owner: Entry | undefined;
  /** Names that a scenario made, by name; they hide nothing, they come in addition. */
  readonly local: ReadonlyMap<string, readonly Entry[]> | undefined;
}

/** All names of a program: one set for hardware and owners, one set for each owner. */
export class Names {
  readonly symbols = new Symbols();
  private readonly hardware = new Map<string, Entry>();
  private readonly owned = new Map<Entry, Map<string, Entry>>();
  /** By bare name, over all owners: what a scenario may say without an owner in front. */
  private readonly bare = new Map<string, Entry[]>();
  private hints = HINTS;

  constructor(private readonly reporter: Reporter) {}

  /** Looks up a global name without a word about it. */
  global(name: string): Entry | undefined {
    return this.hardware.get(name);
  }

  /** Looks up a name of an owner without a word about it. */
  of(owner: Entry, name: string): Entry | undefined {
    return this.owned.get(owner)?.get(name);
  }

  /**
   * Makes a name known. A second one of the same name in the same set is reported with both places, and
   * is not kept.
   * @returns the definition, or `undefined` for a duplicate
   */
  declare(definition: Definition & { readonly owner: Entry | undefined }): Entry | undefined {
    const entry: Entry = { ...definition, index: undefined, broken: false };
    const set = entry.owner ? this.setOf(entry.owner) : this.hardware;
    const other = set.get(entry.name);
    if (other) {
      this.duplicate(entry, other);
      return undefined;
    }
    set.set(entry.name, entry);
    if (entry.owner) append(this.bare, entry.name, entry);
    this.symbols.define(entry);
    return entry;
  }

  /** Makes a name known that a scenario makes: to its end, and beside the names that are known anyway. */
  declareLocal(
    definition: Definition & { readonly owner: Entry | undefined },
    local: Map<string, Entry[]>,
  ): Entry {
    const entry: Entry = { ...definition, index: undefined, broken: false };
    append(local, entry.name, entry);
    this.symbols.define(entry);
    return entry;
  }

  /** The one thing that a name can stand for, without a word when there is none, or more than one. */
  peek(
    name: { readonly text: string; readonly qualifier: { readonly text: string } | undefined },
    kinds: readonly DefinitionKind[],
    scope: Scope,
  ): Entry | undefined {
    const all = this.candidates(name.text, kinds, scope).filter(({ kind }) => kinds.includes(kind));
    const { qualifier } = name;
    const fitting = qualifier ? all.filter(({ owner }) => owner?.name === qualifier.text) : all;
    return fitting.length === 1 ? fitting[0] : undefined;
  }

  /** Says that a name is declared twice, and shows both places. */
  duplicate(entry: Definition, other: Definition): void {
    this.symbols.refer(other, entry.span);
    const related = [{ span: other.span, message: `"${other.name}" is first declared here.` }];
    const facts = { name: qualifiedName(entry), kind: kindWords(other.kind) };
    this.reporter.report("S043", facts, entry.span, related);
  }

  /**
   * What a name stands for, when it is one of the kinds that its place needs.
   * @returns `undefined` when it is none: that is reported, unless the declaration is broken
   */
  resolve(
    file: string,
    name: Name | undefined,
    kinds: readonly DefinitionKind[],
    scope: Scope,
  ): Entry | undefined {
    if (!name || name.text === "") return undefined;
    const certain = name.qualifier ? undefined : this.certain(name.text, kinds, scope);
    if (certain) {
      this.symbols.refer(certain, { file, start: name.textStart, end: name.end });
      return certain.broken ? undefined : certain;
    }
    const candidates = name.qualifier
      ? this.qualified(file, name, name.qualifier, scope)
      : this.candidates(name.text, kinds, scope);
    if (!candidates) return undefined;
    const span = { file, start: name.textStart, end: name.end };
    const fitting = candidates.filter((entry) => kinds.includes(entry.kind));
    const found = fitting[0];
    if (!found) {
      this.unresolved(name, span, candidates[0], kinds, scope);
      return undefined;
    }
    if (fitting.length > 1) {
      this.ambiguous(name.text, span, fitting);
      return undefined;
    }
    this.symbols.refer(found, span);
    return found.broken ? undefined : found;
  }

  /** The only thing that a bare name can stand for; the common case, which allocates nothing. */
  private certain(name: string, kinds: readonly DefinitionKind[], scope: Scope): Entry | undefined {
    const hardware = this.hardware.get(name);
    const global = hardware && kinds.includes(hardware.kind) ? hardware : undefined;
    if (scope.owner) {
      const own = this.owned.get(scope.owner)?.get(name);
      return own && kinds.includes(own.kind) ? own : global;
    }
    if (scope.local?.has(name)) return undefined;
    const bare = this.bare.get(name);
    if (!bare) return global;
    const only = bare.length === 1 ? bare[0] : undefined;
    return only && !hardware && kinds.includes(only.kind) ? only : undefined;
  }

  private qualified(file: string, name: Name, qualifier: Name, scope: Scope): readonly Entry[] | undefined {
    const owner = this.resolveOwner(file, qualifier);
    if (!owner) return undefined;
    const found = this.owned.get(owner)?.get(name.text);
    const local = scope.local?.get(name.text)?.filter((entry) => entry.owner === owner) ?? [];
    return found && !local.includes(found) ? [found, ...local] : local;
  }

  private resolveOwner(file: string, qualifier: Name): Entry | undefined {
    return this.resolve(file, qualifier, ["guest", "native"], { owner: undefined, local: undefined });
  }

  /** In an owner block its own names come first; in a scenario all owners' names count alike. */
  private candidates(name: string, kinds: readonly DefinitionKind[], scope: Scope): readonly Entry[] {
    const hardware = this.hardware.get(name);
    const all: Entry[] = [];
    if (scope.owner) {
      const own = this.owned.get(scope.owner)?.get(name);
      if (own && kinds.includes(own.kind)) return [own];
      if (hardware) all.push(hardware);
      if (own) all.push(own);
      return all;
    }
    if (hardware) all.push(hardware);
    all.push(...(this.bare.get(name) ?? []));
    for (const entry of scope.local?.get(name) ?? []) if (!all.includes(entry)) all.push(entry);
    return all;
  }

  private unresolved(
    name: Name,
    span: Span,
    other: Entry | undefined,
    kinds: readonly DefinitionKind[],
    scope: Scope,
  ): void {
    const needed = neededWords(kinds);
    if (other) {
      if (other.broken) return;
      this.symbols.refer(other, span);
      const related: Place[] = [{ span: other.span, message: `"${other.name}" is declared here.` }];
      const facts = { name: qualifiedName(other), actual: kindWords(other.kind), needed };
      this.reporter.report("S042", facts, span, related);
      return;
    }
    const { qualifier } = name;
    const inside = qualifier ? { owner: this.hardware.get(qualifier.text), local: undefined } : scope;
    const elsewhere = inside.owner && this.bare.get(name.text)?.find(({ kind }) => kinds.includes(kind));
    const hint = elsewhere ? qualifiedName(elsewhere) : this.nearestTo(name.text, kinds, inside);
    const owner = inside.owner?.name;
    this.reporter.report("S040", { name: name.text, needed, owner, nearest: hint }, span);
  }

  private ambiguous(name: string, span: Span, fitting: readonly Entry[]): void {
    const shown = fitting.slice(0, SHOWN);
    const rest = fitting.length - shown.length;
    const candidates = shown.map(qualifiedName).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
    const related = shown.map((entry) => ({
      span: entry.span,
      message: `${qualifiedName(entry)} is declared here.`,
    }));
    this.reporter.report("S041", { name, candidates }, span, related);
  }

  private nearestTo(name: string, kinds: readonly DefinitionKind[], scope: Scope): string | undefined {
    if (this.hints === 0) return undefined;
    this.hints -= 1;
    return nearest(name, this.known(kinds, scope));
  }

  private *known(kinds: readonly DefinitionKind[], scope: Scope): Generator<string> {
    let left = COMPARED;
    const sets: Iterable<Entry>[] = [this.hardware.values()];
    if (scope.owner) sets.unshift(this.owned.get(scope.owner)?.values() ?? []);
    else for (const set of this.owned.values()) sets.push(set.values());
    for (const list of scope.local?.values() ?? []) sets.push(list);
    for (const set of sets) {
      for (const entry of set) {
        if (left-- === 0) return;
        if (kinds.includes(entry.kind)) yield entry.name;
      }
    }
  }

  private setOf(owner: Entry): Map<string, Entry> {
    let set = this.owned.get(owner);
    if (!set) {
      set = new Map();
      this.owned.set(owner, set);
    }
    return set;
  }
}

function append(map: Map<string, Entry[]>, name: string, entry: Entry): void {
  const list = map.get(name);
  if (list) list.push(entry);
  else map.set(name, [entry]);
}
