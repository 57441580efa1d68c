import type { Operation, Origin, Refusal } from "../../simulator/index.js";
import { History } from "./history.js";

/**
 * Remembers which calls were refused against what the file says, so that a later refusal which only
 * follows from one of them is shown as a consequence and not as a second mistake.
 */
export class Causes {
  /** What was carried out, for the calls that then find nothing left to do. */
  readonly history: History;
  private readonly binds = new Map<number, Origin>();
  private readonly spaces = new Map<number, Origin>();
  /** By space, then by device. */
  private readonly attaches = new Map<number, Map<number, Origin>>();
  private readonly parents = new Map<number, number>();

  constructor(before?: History) {
    this.history = new History(before);
  }

  /** An independent copy: each scenario goes on from the causes of the start state. */
  copy(): Causes {
    const copy = new Causes(this.history);
    for (const [device, origin] of this.binds) copy.binds.set(device, origin);
    for (const [space, origin] of this.spaces) copy.spaces.set(space, origin);
    for (const [space, devices] of this.attaches) copy.attaches.set(space, new Map(devices));
    for (const [space, parent] of this.parents) copy.parents.set(space, parent);
    return copy;
  }

  /** Notes what became of a call. `cause` is the statement to blame, `undefined` when it went as stated. */
  note(operation: Operation, cause: Origin | undefined): void {
    switch (operation.kind) {
      case "bind":
        put(this.binds, operation.device, cause);
        return;
      case "ioas":
      case "fault-queue":
      case "hwpt":
      case "viommu":
      case "vdevice":
        put(this.spaces, operation.space, cause);
        return;
      case "ioasid":
        if (operation.parent !== undefined) this.parents.set(operation.space, operation.parent);
        put(this.spaces, operation.space, cause);
        return;
      case "attach": {
        const devices = this.attaches.get(operation.space) ?? new Map<number, Origin>();
        put(devices, operation.device, cause);
        if (devices.size > 0) this.attaches.set(operation.space, devices);
        else this.attaches.delete(operation.space);
        return;
      }
      default:
        return;
    }
  }

  /** The refused statement that an unexpected refusal follows from, if there is one. */
  of(operation: Operation, refusal: Refusal): Origin | undefined {
    switch (refusal.rule) {
      case "P021":
      case "P026":
      case "U144":
        return "device" in operation && operation.device !== undefined
          ? this.binds.get(operation.device)
          : undefined;
      case "U014":
      case "U102":
      case "U123":
        return this.ofSpace(operation);
      case "P015":
        return operation.kind === "attach"
          ? this.ofParentAttach(operation.device, operation.space)
          : undefined;
      case "U020":
        return operation.kind === "detach" && operation.space !== undefined
          ? this.attaches.get(operation.space)?.get(operation.device)
          : undefined;
      case "P012":
      case "P018":
        return "space" in operation && operation.space !== undefined
          ? this.anyAttach(operation.space)
          : undefined;
      default:
        return undefined;
    }
  }

  private ofSpace(operation: Operation): Origin | undefined {
    if ("parent" in operation && operation.parent !== undefined) return this.spaces.get(operation.parent);
    if ("name" in operation) return undefined;
    if (operation.kind === "entry") {
      const table = this.spaces.get(operation.table);
      return table ?? (operation.space === undefined ? undefined : this.spaces.get(operation.space));
    }
    return "space" in operation && operation.space !== undefined
      ? this.spaces.get(operation.space)
      : undefined;
  }

  private ofParentAttach(device: number, space: number): Origin | undefined {
    const parent = this.parents.get(space);
    return parent === undefined ? undefined : this.attaches.get(parent)?.get(device);
  }

  private anyAttach(space: number): Origin | undefined {
    for (const origin of this.attaches.get(space)?.values() ?? []) return origin;
    return undefined;
  }
}

function put(map: Map<number, Origin>, key: number, cause: Origin | undefined): void {
  if (cause === undefined) map.delete(key);
  else map.set(key, cause);
}
