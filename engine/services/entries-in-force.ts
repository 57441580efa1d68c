import type { StepResult } from "../language/index.js";
import type { Operation, Origin, Platform } from "../simulator/index.js";

/**
 * Which statement made the attachment of each (device, vPASID) and the slot of each vPASID in a guest's KVM
 * table, at one moment of a run. A request that the IOTLB answers reads no table, and uses them all the same.
 */
export class EntriesInForce {
  private readonly attachments: Map<string, Origin>;
  private readonly slots: Map<string, Origin>;
  private readonly owners: Map<number, Set<number>>;
  private readonly pasids: Map<number, number | undefined>;

  constructor(
    private readonly processes: Platform["processes"],
    from?: EntriesInForce,
  ) {
    this.attachments = new Map(from?.attachments);
    this.slots = new Map(from?.slots);
    this.owners = new Map([...(from?.owners ?? [])].map(([device, owners]) => [device, new Set(owners)]));
    this.pasids = new Map(from?.pasids ?? processes.map(({ pasid }, index) => [index, pasid]));
  }

  copy(): EntriesInForce {
    return new EntriesInForce(this.processes, this);
  }

  /** @param pasid `undefined` for the default space */
  attachment(device: number, pasid: number | undefined): Origin | undefined {
    return this.attachments.get(`${device} ${pasid}`);
  }

  kvmSlot(owner: number, pasid: number): Origin | undefined {
    return this.slots.get(`${owner} ${pasid}`);
  }

  /** Owners that the device was attached by. */
  ownersOf(device: number): number[] {
    return [...(this.owners.get(device) ?? [])];
  }

  /** The entries that a request names; none for every other operation. */
  through(operation: Operation): Origin[] {
    switch (operation.kind) {
      case "dma":
        return known(this.attachment(operation.device, operation.pasid));
      case "enqcmd": {
        const pasid = this.pasids.get(operation.process);
        const owner = this.processes[operation.process]?.owner;
        return pasid === undefined || owner === undefined
          ? []
          : known(this.attachment(operation.device, pasid), this.kvmSlot(owner, pasid));
      }
      case "enqcmds": {
        const { device, owner, pasid } = operation;
        return known(this.attachment(device, pasid), this.kvmSlot(owner, pasid));
      }
      default:
        return [];
    }
  }

  /** What a step has changed; a refused one changes nothing. */
  note({ step, outcome }: StepResult): void {
    if (step.kind === "assertion" || outcome?.kind !== "ok") return;
    const { operation, origin } = step;
    switch (operation.kind) {
      case "attach": {
        const owners = this.owners.get(operation.device) ?? new Set();
        this.owners.set(operation.device, owners.add(operation.owner));
        this.attachments.set(`${operation.device} ${operation.pasid}`, origin);
        break;
      }
      case "detach":
        this.attachments.delete(`${operation.device} ${operation.pasid}`);
        break;
      case "kvm-map":
        this.slots.set(`${operation.owner} ${operation.pasid}`, origin);
        break;
      case "kvm-unmap":
        this.slots.delete(`${operation.owner} ${operation.pasid}`);
        break;
      case "set-pasid":
        this.pasids.set(operation.process, operation.pasid);
        break;
    }
  }
}

/** Those that are there. */
export function known(...origins: readonly (Origin | undefined)[]): Origin[] {
  return origins.filter((origin) => origin !== undefined);
}
