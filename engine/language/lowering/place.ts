import type { Memory, Operation, Origin } from "../../simulator/index.js";
import {
  DEVICES,
  type DefinitionKind,
  declaredAs,
  type Entry,
  MEMORIES,
  OWNERS,
  PROCESSES,
  SPACES,
} from "../names/definition.js";
import type { Scope } from "../names/names.js";
import type { Step } from "../program.js";
import type { At, Name } from "../syntax/index.js";
import type { Context } from "./context.js";
import type { Overlay } from "./overlay.js";

const DEVICES_AND_SPACES: readonly DefinitionKind[] = [...DEVICES, ...SPACES];
const DEVICES_AND_OWNERS: readonly DefinitionKind[] = [...DEVICES, ...OWNERS];

type BodyOf<T> = T extends unknown ? Omit<T, "origin" | "allow"> & { origin?: Origin } : never;

/** The origin of an operation until its place is known; with a field for it, the operation is one object, not two. */
export const NO_ORIGIN: Origin = -1;

/** An operation without what every one of them carries. */
export type OperationBody = BodyOf<Operation>;

/** What a statement does, and the owner whose `allow` counts for it. */
export interface Lowered {
  readonly body: OperationBody;
  readonly owner: Entry | undefined;
}

/** Where statements are being lowered: an owner block, or a scenario. */
export interface Place {
  readonly file: string;
  /** Text of the file. */
  readonly text: string;
  readonly imported: boolean;
  /** `undefined` in a scenario. */
  readonly owner: Entry | undefined;
  readonly scope: Scope;
  readonly out: Step[];
}

/** Looks names up for statements, and finds out who makes a call. */
export class Lookup {
  /** Whether it mattered for some statement who had bound a device before. */
  isBinderAsked = false;
  private readonly byKind = new Map<DefinitionKind, readonly Entry[]>();

  constructor(
    readonly context: Context,
    private readonly owners: readonly Entry[],
    /** The owner that a device was last bound to, as far as the text tells. */
    readonly binder: Overlay<number, Entry>,
  ) {}

  /** The same among names that stand elsewhere. @param entryOf what an entry is now */
  with(context: Context, entryOf: (entry: Entry) => Entry): Lookup {
    const lookup = new Lookup(context, this.owners.map(entryOf), this.binder.mapped(entryOf));
    lookup.isBinderAsked = this.isBinderAsked;
    return lookup;
  }

  /** Who makes a call about a device that names no owner: the one that has bound it last. */
  binderOf(device: Entry): Entry | undefined {
    this.isBinderAsked = true;
    return this.binder.get(device.index!);
  }

  space(place: Place, name: Name | undefined): Entry | undefined {
    return this.context.names.resolve(place.file, name, SPACES, place.scope);
  }

  device(place: Place, name: Name | undefined): Entry | undefined {
    return this.context.names.resolve(place.file, name, DEVICES, place.scope);
  }

  memory(place: Place, name: Name | undefined): Entry | undefined {
    return this.context.names.resolve(place.file, name, MEMORIES, place.scope);
  }

  process(place: Place, name: Name | undefined): Entry | undefined {
    return this.context.names.resolve(place.file, name, PROCESSES, place.scope);
  }

  /** What `info` may ask about. */
  deviceOrSpace(place: Place, name: Name | undefined): Entry | undefined {
    return this.context.names.resolve(place.file, name, DEVICES_AND_SPACES, place.scope);
  }

  /** A side of an assertion. */
  deviceOrOwner(place: Place, name: Name | undefined): Entry | undefined {
    return this.context.names.resolve(place.file, name, DEVICES_AND_OWNERS, place.scope);
  }

  ownerOfMemory(memory: Memory): Entry {
    return this.owners[memory.owner]!;
  }

  owner(place: Place, name: Name | undefined): Entry | undefined {
    return this.context.names.resolve(place.file, name, OWNERS, place.scope);
  }

  /** The owner block that a statement stands in, or the only owner of the file; several are reported. */
  ownerHere(place: Place, node: At, statement: string, kind?: "guest" | "native"): Entry | undefined {
    if (place.owner) return place.owner;
    const fitting = kind === undefined ? this.owners : this.ownersOf(kind);
    if (fitting.length === 1) return fitting[0];
    const shown = fitting.slice(0, 5);
    const candidates = shown.map(({ name }) => name).join(", ");
    const span = { file: place.file, start: node.start, end: node.end };
    this.context.reporter.report("S055", { statement, candidates, kind }, span, shown.map(declaredAs));
    return undefined;
  }

  private ownersOf(kind: "guest" | "native"): readonly Entry[] {
    let fitting = this.byKind.get(kind);
    if (!fitting) {
      fitting = this.owners.filter((owner) => owner.kind === kind);
      this.byKind.set(kind, fitting);
    }
    return fitting;
  }

  /** A call of KVM: a native owner has no KVM fd. */
  guest(place: Place, owner: Entry | undefined, node: At, statement: string): Entry | undefined {
    if (owner?.kind !== "native") return owner;
    const span = { file: place.file, start: node.start, end: node.end };
    this.context.reporter.report("S053", { statement, owner: owner.name, kind: "native" }, span, [
      declaredAs(owner),
    ]);
    return undefined;
  }
}
