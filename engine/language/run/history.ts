import type { Operation } from "../../simulator/index.js";

type Of<K extends Operation["kind"]> = Extract<Operation, { kind: K }>;

/**
 * The calls that made a later call of the same kind find nothing, or find something in its way: the `free` of
 * a space, the `unbind` of a device. The machine only knows that there is nothing; a person asks where it went.
 */
export class History {
  private readonly last: Map<string, Operation>;

  /** @param before what happened up to now, when this goes on from there; neither sees what the other notes */
  constructor(before?: History) {
    this.last = new Map(before?.last);
  }

  /** Notes a call that was not refused. */
  note(operation: Operation): void {
    const key = keyOf(operation);
    if (key !== undefined) this.last.set(key, operation);
  }

  /** The last call like this one that was carried out. */
  like<K extends Operation["kind"]>(operation: Of<K>): Of<K> | undefined {
    const key = keyOf(operation);
    return key === undefined ? undefined : (this.find(key) as Of<K> | undefined);
  }

  /** The call that ended a space. */
  freeOf(space: number): Of<"free"> | undefined {
    return this.find(`free ${space}`) as Of<"free"> | undefined;
  }

  /** The call that took the table of a space away. */
  unbindTableOf(space: number): Of<"unbind-table"> | undefined {
    return this.find(`unbind-table ${space}`) as Of<"unbind-table"> | undefined;
  }

  private find(key: string): Operation | undefined {
    return this.last.get(key);
  }
}

/** What two calls have in common of which the second finds nothing left to do. */
function keyOf(operation: Operation): string | undefined {
  const { kind } = operation;
  switch (operation.kind) {
    case "free":
    case "bind-table":
    case "unbind-table":
    case "unmap":
      return `${kind} ${operation.space}`;
    case "kvm-unmap":
      return `${kind} ${operation.owner} ${operation.pasid}`;
    case "unbind":
      return `${kind} ${operation.owner} ${operation.device}`;
    case "detach":
      return `${kind} ${operation.device} ${operation.space} ${operation.pasid}`;
    case "unregister":
      return `${kind} ${operation.memory}`;
    case "respond":
      return `${kind} ${operation.space} ${operation.address.page}`;
    default:
      return undefined;
  }
}
