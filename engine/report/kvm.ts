import { kvmRequirements, kvmTable, type Machine } from "../simulator/index.js";
import { deviceName, ownerName } from "./names.js";

/** One valid slot of a VM's PASID table, which the CPU reads when the guest executes ENQCMD. */
export interface VmxSlot {
  readonly vpasid: number;
  readonly ppasid: number;
  /** Guest PASID bit 19. */
  readonly directory: "low" | "high";
  /** Guest PASID bits 18:10. */
  readonly directoryIndex: number;
  /** Guest PASID bits 9:0. */
  readonly tableIndex: number;
  readonly space: string;
  readonly origin: number;
}

export interface VmxTable {
  readonly guest: string;
  readonly slots: readonly VmxSlot[];
}

/** A KVM PASID mapping that an attach made necessary before the guest may execute ENQCMD. */
export interface RequiredMapping {
  readonly guest: string;
  readonly device: string;
  readonly vpasid: number;
  readonly space: string;
  readonly ppasid: number;
  readonly state: "present" | "missing" | "conflict";
  /** pPASID that the slot holds instead, in a conflict. */
  readonly current: number | undefined;
  readonly origin: number;
}

/** The VMX PASID tables of the guests that have a slot, in order of declaration. */
export function vmxTableReport(machine: Machine): VmxTable[] {
  const tables = new Map<number, VmxSlot[]>();
  for (const { owner, pasid, physical, ...row } of kvmTable(machine)) {
    const slots = tables.get(owner) ?? [];
    tables.set(owner, slots);
    slots.push({
      vpasid: pasid,
      ppasid: physical,
      directory: row.directory,
      directoryIndex: row.directoryIndex,
      tableIndex: row.tableIndex,
      space: row.space,
      origin: row.origin,
    });
  }
  return [...tables]
    .sort(([a], [b]) => a - b)
    .map(([owner, slots]) => ({
      guest: ownerName(machine.platform, owner),
      slots: slots.sort((a, b) => a.vpasid - b.vpasid),
    }));
}

/** Every KVM PASID mapping that the attached devices need, and whether it is there; by guest and vPASID. */
export function requiredMappings(machine: Machine): RequiredMapping[] {
  const needs = [...kvmRequirements(machine)].sort((a, b) => a.owner - b.owner || a.pasid - b.pasid);
  return needs.map((need) => ({
    guest: ownerName(machine.platform, need.owner),
    device: deviceName(machine.platform, need.device),
    vpasid: need.pasid,
    space: need.space,
    ppasid: need.physical,
    state: need.state,
    current: need.current,
    origin: need.origin,
  }));
}
