import type { Span } from "../program.js";
import { type Name, nearest } from "../syntax/index.js";
import {
  type Definition,
  type DefinitionKind,
  type Entry,
  kindWords,
  neededWords,
  OWNERS,
  qualifiedName,
} from "./definition.js";
import type { Place, Reporter } from "./reporter.js";
import type { Shift } from "./shift.js";
import { Symbols } from "./symbols.js";
import { append, NameTable, type Scope } from "./table.js";

export type { Scope } from "./table.js";

/** The scope of hardware declarations: one set, and nothing of any owner. */
export const GLOBAL: Scope = { owner: undefined, local: undefined };

/** Names that one hint looks at, and hints that one compilation gives: the effort stays bounded. */
const COMPARED = 2000;
const HINTS = 100;

/** Candidates of an ambiguous name that a message shows. */
const SHOWN = 5;

/** A name as it is written, as far as looking it up without a word needs it. */
interface Written {
  readonly text: string;
  readonly qualifier: { readonly text: string } | undefined;
}

/** Declares and resolves the names of a program, and says what is wrong with them. */
export class Names {
  private hints = HINTS;

  constructor(
    private readonly reporter: Reporter,
    private readonly behindIommufd: boolean,
    readonly symbols = new Symbols(),
    private readonly table = new NameTable(),
  ) {}

  /**
   * The names after an edit that declares none and takes none away.
   *
   * @param entryOf what an entry is now
   */
  shifted(reporter: Reporter, shift: Shift, entryOf: (entry: Entry) => Entry): Names {
    const symbols = this.symbols.shifted(shift, (definition) => entryOf(definition as Entry));
    const table = shift.by === 0 ? this.table : this.table.mapped(entryOf);
    return new Names(reporter, this.behindIommufd, symbols, table);
  }

  /** Whether some declaration could not be understood. */
  get hasBroken(): boolean {
    return this.symbols.definitions.some((definition) => (definition as Entry).broken);
  }

  /** Looks up a global name without a word about it. */
  global(name: string): Entry | undefined {
    return this.table.global(name);
  }

  /** The space of a number. */
  space(number: number | undefined): Entry | undefined {
    const isMeant = ({ kind, index }: Entry): boolean => kind === "space" && index === number;
    return (this.symbols.definitions as readonly Entry[]).find(isMeant);
  }

  /** Looks up a name of an owner without a word about it. */
  of(owner: Entry, name: string): Entry | undefined {
    return this.table.of(owner, name);
  }

  /**
   * Makes a name known. A second one of the same name in the same set is reported with both places, and
   * is not kept.
   * @returns the definition, or `undefined` for a duplicate
   */
  declare(definition: Definition & { readonly owner: Entry | undefined }): Entry | undefined {
    const other = this.table.holder(definition);
    if (other) {
      this.duplicate(definition, other);
      return undefined;
    }
    const entry: Entry = { ...definition, index: undefined, broken: false };
    this.table.add(entry);
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

  /** Says that a name is declared twice, and shows both places. */
  duplicate(entry: Definition, other: Definition): void {
    const { file, start, end } = entry.span;
    this.symbols.refer(other, file, start, end);
    const related = [{ span: other.span, message: `"${other.name}" is first declared here` }];
    const removal = other.object ? ("destroy" as const) : ("free" as const);
    const facts = {
      name: qualifiedName(entry),
      kind: kindWords(other),
      removal: other.kind === "space" ? removal : undefined,
    };
    this.reporter.report("S043", facts, entry.span, related);
  }

  /** The one thing that a name can stand for, without a word when there is none, or more than one. */
  peek({ text, qualifier }: Written, kinds: readonly DefinitionKind[], scope: Scope): Entry | undefined {
    if (!qualifier) {
      const fitting = this.table.fitting(text, kinds, scope, 2);
      return fitting.length === 1 ? fitting[0] : undefined;
    }
    const owner = this.table.global(qualifier.text);
    const found = owner && this.inOwner(owner, text, scope);
    return found && kinds.includes(found.kind) ? found : undefined;
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
    if (name.qualifier) return this.resolveQualified(file, name, name.qualifier, kinds, scope);
    // Nearly every name of a file stands in the block of an owner, where no list is needed.
    const only = scope.owner && this.table.ofOwner(scope.owner, name.text, kinds);
    if (only) return this.use(only, file, name);
    const fitting = this.table.fitting(name.text, kinds, scope, SHOWN + 1);
    if (fitting.length === 1) return this.use(fitting[0]!, file, name);
    const span = lastPart(file, name);
    if (fitting.length > 1) this.ambiguous(name.text, span, fitting);
    else this.unresolved(name.text, span, this.table.any(name.text, scope), kinds, scope);
    return undefined;
  }

  private resolveQualified(
    file: string,
    name: Name,
    qualifier: Name,
    kinds: readonly DefinitionKind[],
    scope: Scope,
  ): Entry | undefined {
    const { text } = name;
    const owner = this.resolve(file, qualifier, OWNERS, GLOBAL);
    if (!owner) return undefined;
    const found = this.inOwner(owner, text, scope);
    if (found && kinds.includes(found.kind)) return this.use(found, file, name);
    const span = lastPart(file, name);
    const shared = found ? undefined : this.table.global(text);
    if (shared && kinds.includes(shared.kind)) {
      // Devices belong to nobody: the mistake is the owner in front.
      const facts = {
        name: `${owner.name}.${text}`,
        needed: neededWords(kinds, this.behindIommufd),
        nearest: text,
      };
      this.reporter.report("S040", { ...facts, owner: undefined }, { ...span, start: qualifier.start });
      return undefined;
    }
    this.unresolved(text, span, found, kinds, { owner, local: undefined });
    return undefined;
  }

  private inOwner(owner: Entry, name: string, scope: Scope): Entry | undefined {
    return this.table.of(owner, name) ?? scope.local?.get(name)?.find((entry) => entry.owner === owner);
  }

  private use(found: Entry, file: string, { textStart, end }: Name): Entry | undefined {
    this.symbols.refer(found, file, textStart, end);
    return found.broken ? undefined : found;
  }

  private unresolved(
    name: string,
    span: Span,
    other: Entry | undefined,
    kinds: readonly DefinitionKind[],
    scope: Scope,
  ): void {
    const needed = neededWords(kinds, this.behindIommufd);
    if (other) {
      if (other.broken) return;
      this.symbols.refer(other, span.file, span.start, span.end);
      const related: Place[] = [{ span: other.span, message: `"${other.name}" is declared here` }];
      const facts = { name: qualifiedName(other), actual: kindWords(other), needed };
      this.reporter.report("S042", facts, span, related);
      return;
    }
    const elsewhere = scope.owner && this.table.elsewhere(name, kinds);
    const hint = elsewhere ? qualifiedName(elsewhere) : this.nearestTo(name, kinds, scope);
    this.reporter.report("S040", { name, needed, owner: scope.owner?.name, nearest: hint }, span);
  }

  private ambiguous(name: string, span: Span, fitting: readonly Entry[]): void {
    const shown = fitting.slice(0, SHOWN);
    const candidates = shown.map(qualifiedName).join(", ") + (fitting.length > SHOWN ? " and others" : "");
    const related = shown.map((entry) => ({
      span: entry.span,
      message: `${qualifiedName(entry)} is declared here`,
    }));
    this.reporter.report("S041", { name, candidates }, span, related);
  }

  private nearestTo(name: string, kinds: readonly DefinitionKind[], scope: Scope): string | undefined {
    if (this.hints === 0) return undefined;
    this.hints -= 1;
    return nearest(name, this.table.known(kinds, scope, COMPARED));
  }
}

/** What a name stands for is named by its last part. */
function lastPart(file: string, { textStart, end }: Name): Span {
  return { file, start: textStart, end };
}
