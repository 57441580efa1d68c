import { apply, boot, type Machine, type Operation, type Platform } from "../../simulator/index.js";
import type { Program } from "../program.js";

/**
 * The hosts that owners migrate to: the same hardware, with the other tenants that imported files
 * declare already there. One is built for each migrating owner, when first asked for.
 */
export class Destinations {
  private readonly machines = new Map<number, Machine>();

  constructor(private readonly program: Program) {}

  /** A host of its own for one migration of `owner`. */
  for(owner: number): Machine {
    const known = this.machines.get(owner);
    if (known) return known.fork();
    const machine = boot(this.program.platform);
    for (const step of this.program.start) {
      if (!step.imported || step.kind !== "operation") continue;
      const other = ownerOf(this.program.platform, step.operation);
      if (other !== undefined && other !== owner) apply(machine, step.operation);
    }
    this.machines.set(owner, machine);
    return machine.fork();
  }
}

/** Who makes a call; a DMA and a query of a device belong to nobody and set up nothing. */
function ownerOf(platform: Platform, operation: Operation): number | undefined {
  switch (operation.kind) {
    case "info-device":
    case "dma":
      return undefined;
    case "enqcmd":
    case "set-pasid":
      return platform.processes[operation.process]?.owner;
    default:
      return operation.owner;
  }
}
