import type { DefinitionKind, Entry } from "./definition.js";

/** Where a name is looked up: an owner block sees its own names first, a scenario those of all owners. */
export interface Scope {
  readonly owner: Entry | undefined;
  /** Names that a scenario made, by name; they hide nothing, they come in addition. */
  readonly local: ReadonlyMap<string, readonly Entry[]> | undefined;
}

const NONE: readonly Entry[] = Object.freeze([]);

/** The sets of names: one of hardware and owners, and one for each owner. Every lookup is by a map. */
export class NameTable {
  private readonly hardware = new Map<string, Entry>();
  private readonly owned = new Map<Entry, Map<string, Entry>>();
  /** Over all owners, by kind and bare name: what a scenario may say without an owner in front. */
  private readonly bare = new Map<DefinitionKind, Map<string, Entry[]>>();

  /** Hardware or an owner. */
  global(name: string): Entry | undefined {
    return this.hardware.get(name);
  }

  /** A memory, a process or a space of an owner. */
  of(owner: Entry, name: string): Entry | undefined {
    return this.owned.get(owner)?.get(name);
  }

  /** What has the name in the set that a new entry would go to. */
  holder({ owner, name }: { readonly owner: Entry | undefined; readonly name: string }): Entry | undefined {
    return owner ? this.of(owner, name) : this.global(name);
  }

  /** @param entry whose name is free */
  add(entry: Entry): void {
    const { owner, kind, name } = entry;
    if (!owner) {
      this.hardware.set(name, entry);
      return;
    }
    const set = this.owned.get(owner);
    if (set) set.set(name, entry);
    else this.owned.set(owner, new Map([[name, entry]]));
    let names = this.bare.get(kind);
    if (!names) {
      names = new Map();
      this.bare.set(kind, names);
    }
    append(names, name, entry);
  }

  /** What a bare name can stand for in a place that takes some kinds; no more than `most` of them. */
  fitting(name: string, kinds: readonly DefinitionKind[], scope: Scope, most: number): readonly Entry[] {
    if (scope.owner) {
      const only = this.ofOwner(scope.owner, name, kinds);
      return only ? [only] : NONE;
    }
    const global = this.ofHardware(name, kinds);
    const found: Entry[] = global ? [global] : [];
    for (const kind of kinds) {
      const list = this.bare.get(kind)?.get(name) ?? NONE;
      if (list.length > 0) found.push(...list.slice(0, most));
    }
    for (const entry of scope.local?.get(name) ?? NONE) if (kinds.includes(entry.kind)) found.push(entry);
    return found.length > most ? found.slice(0, most) : found;
  }

  /** The one thing that a bare name stands for in the block of an owner, whose own names hide those of hardware. */
  ofOwner(owner: Entry, name: string, kinds: readonly DefinitionKind[]): Entry | undefined {
    const own = this.of(owner, name);
    return own && kinds.includes(own.kind) ? own : this.ofHardware(name, kinds);
  }

  private ofHardware(name: string, kinds: readonly DefinitionKind[]): Entry | undefined {
    const hardware = this.hardware.get(name);
    return hardware && kinds.includes(hardware.kind) ? hardware : undefined;
  }

  /** Anything that has the bare name, of whatever kind. */
  any(name: string, scope: Scope): Entry | undefined {
    const hardware = this.hardware.get(name);
    if (hardware) return hardware;
    if (scope.owner) return this.of(scope.owner, name);
    for (const names of this.bare.values()) {
      const first = names.get(name)?.[0];
      if (first) return first;
    }
    return scope.local?.get(name)?.[0];
  }

  /** The first owner's thing of one of the kinds that has the name. */
  elsewhere(name: string, kinds: readonly DefinitionKind[]): Entry | undefined {
    for (const kind of kinds) {
      const first = this.bare.get(kind)?.get(name)?.[0];
      if (first) return first;
    }
    return undefined;
  }

  /** The same names for other entries. */
  mapped(entryOf: (entry: Entry) => Entry): NameTable {
    const table = new NameTable();
    for (const [name, entry] of this.hardware) table.hardware.set(name, entryOf(entry));
    for (const [owner, names] of this.owned) table.owned.set(entryOf(owner), mappedNames(names, entryOf));
    const listOf = (entries: readonly Entry[]): Entry[] => entries.map(entryOf);
    for (const [kind, names] of this.bare) table.bare.set(kind, mappedNames(names, listOf));
    return table;
  }

  /** Names of some kinds that can be seen from a scope, at most `most` of them. */
  *known(kinds: readonly DefinitionKind[], scope: Scope, most: number): Generator<string> {
    let left = most;
    const sets: Iterable<Entry>[] = [this.hardware.values()];
    if (scope.owner) sets.unshift(this.owned.get(scope.owner)?.values() ?? NONE);
    else for (const set of this.owned.values()) sets.push(set.values());
    for (const list of scope.local?.values() ?? []) sets.push(list);
    for (const set of sets) {
      for (const entry of set) {
        if (left-- === 0) return;
        if (kinds.includes(entry.kind)) yield entry.name;
      }
    }
  }
}

/** The same names for something else. */
export function mappedNames<T, U>(names: ReadonlyMap<string, T>, other: (each: T) => U): Map<string, U> {
  const mapped = new Map<string, U>();
  for (const [name, each] of names) mapped.set(name, other(each));
  return mapped;
}

/** Adds to a list by name. */
export function append(map: Map<string, Entry[]>, name: string, entry: Entry): void {
  const list = map.get(name);
  if (list) list.push(entry);
  else map.set(name, [entry]);
}
