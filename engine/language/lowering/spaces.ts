import { type Entry, SPACES } from "../names/definition.js";
import type { IoasidStep, Name, ObjectStep, Step } from "../syntax/index.js";
import { Overlay } from "./overlay.js";
import type { Lookup, Place } from "./place.js";

/** A statement that makes something which attaches and mappings name. */
export type MakingStep = IoasidStep | ObjectStep;

/**
 * The names of IOASIDs: each (owner, name) has one number in the whole program, so that a name which is
 * allocated again after `free` is the same name for everything that refers to it.
 */
export class Spaces {
  private count = 0;
  /** What each statement makes, found before any statement is lowered; a broken one makes nothing. */
  private readonly made = new Map<MakingStep, Entry>();
  private readonly live = new Overlay<Entry, boolean>();

  constructor(private readonly lookup: Lookup) {}

  /** What a statement makes. */
  entryOf(node: MakingStep): Entry | undefined {
    return this.made.get(node);
  }

  /** Makes the names of a block known before its statements run: the scope is the text, not the time. */
  declareAll(
    place: Place,
    steps: readonly (Step | { readonly kind: string })[],
    local?: Map<string, Entry[]>,
  ): void {
    for (const step of steps) {
      if (step.kind === "ioasid" || step.kind === "object") this.declare(place, step as MakingStep, local);
    }
  }

  beginScenario(): void {
    this.live.beginScenario();
  }

  /** Whether the name stands for an IOASID already, as far as the text tells. */
  isLive(entry: Entry): boolean {
    return this.live.get(entry) ?? false;
  }

  setLive(entry: Entry, live: boolean): void {
    this.live.set(entry, live);
  }

  private declare(place: Place, node: MakingStep, local: Map<string, Entry[]> | undefined): void {
    const { names } = this.lookup.context;
    const { name } = node;
    if (!name || name.text === "") return;
    const owner = this.ownerOf(place, node, local);
    if (!owner) {
      this.declareBroken(place, node, name, local);
      return;
    }
    const known = names.of(owner, name.text) ?? local?.get(name.text)?.find((entry) => entry.owner === owner);
    const span = { file: place.file, start: name.textStart, end: name.end };
    const statement = { file: place.file, start: node.start, end: node.end };
    const definition = {
      name: name.text,
      kind: "space" as const,
      owner,
      span,
      statement,
      documentation: node.documentation,
      ...(node.kind === "object" && { object: node.makes }),
    };
    if (known && known.kind !== "space") {
      names.duplicate(definition, known);
      return;
    }
    const entry = known ?? (local ? names.declareLocal(definition, local) : names.declare(definition));
    if (!entry) return;
    entry.index ??= this.count++;
    this.made.set(node, entry);
  }

  /** A space whose owner is not known was reported; its uses say nothing new. */
  private declareBroken(
    { file }: Place,
    { start, end, documentation }: MakingStep,
    { text, textStart, end: nameEnd }: Name,
    local: Map<string, Entry[]> | undefined,
  ): void {
    if (!local) return;
    const span = { file, start: textStart, end: nameEnd };
    const definition = { name: text, kind: "space" as const, owner: undefined, span, documentation };
    const statement = { file, start, end };
    this.lookup.context.names.declareLocal({ ...definition, statement }, local).broken = true;
  }

  /** The owner in front of the name, else the block, else that of the parent, else that of a name known before. */
  private ownerOf(
    place: Place,
    node: MakingStep,
    local: Map<string, Entry[]> | undefined,
  ): Entry | undefined {
    const { names } = this.lookup.context;
    const { qualifier, text } = node.name!;
    if (qualifier) return this.lookup.owner(place, qualifier);
    if (place.owner) return place.owner;
    const scope = { owner: undefined, local };
    const parent = node.parent && names.peek(node.parent, SPACES, scope);
    if (parent) return parent.owner;
    const before = names.peek({ text, qualifier: undefined }, SPACES, scope);
    return (
      before?.owner ??
      this.lookup.ownerHere(place, node.name!, node.kind === "object" ? node.makes : "ioasid")
    );
  }
}
