import { delegatesTable } from "./capability.js";
import { ownerName, qualifiedSpaceName, spaceName } from "./describe.js";
import { vmxIndex } from "./kvm/vmx-table.js";
import type { Machine } from "./machine.js";
import type { DeviceState, Space } from "./state.js";
import type { KvmRequirement, KvmRow, PasidTableRow } from "./view.js";

/** The PASID tables of all RIDs as hardware holds them, by device and then by number. */
export function pasidTables(machine: Machine): PasidTableRow[] {
  const rows: PasidTableRow[] = [];
  for (const [wire, state] of machine.devices.entries()) {
    const table = state.guestTable === undefined ? undefined : machine.spaces.get(state.guestTable);
    if (table) rows.push(...guestRows(machine, wire, table));
    else rows.push(...kernelRows(machine, wire, state));
  }
  return rows;
}

function kernelRows(machine: Machine, wire: number, { entries }: DeviceState): PasidTableRow[] {
  return [...entries.entries()].map(([physical, entry]) => {
    const { device, pasid, use, namespace, origin, space, process } = entry;
    const target = space < 0 ? ownerName(machine.platform, process) : qualifiedSpaceName(machine, space);
    return { wire, physical, device, pasid, use, target, space, namespace, origin };
  });
}

/**
 * While a RID uses the guest's table, what the kernel wrote in its own is not looked at. Requests without a
 * PASID have a way of their own where they bypass the first stage (STE.S1DSS); else they end, or use entry 0.
 */
function guestRows(machine: Machine, wire: number, table: Space): PasidTableRow[] {
  const { iommu } = machine.platform.devices[wire]!;
  const rows: PasidTableRow[] = [];
  if (machine.platform.iommus[iommu]!.noPasid === "bypass") {
    const { parent: space, origin } = table;
    const target = qualifiedSpaceName(machine, space);
    const plain = { device: wire, pasid: undefined, use: "default", namespace: "rid" } as const;
    rows.push({ wire, physical: 0, ...plain, target, space, origin });
  }
  for (const [physical, { space, origin }] of table.entries.entries()) {
    const target = qualifiedSpaceName(machine, space);
    const guest = { device: wire, pasid: physical, use: "guest", namespace: "delegated" } as const;
    rows.push({ wire, physical, ...guest, target, space, origin });
  }
  return rows;
}

/** The valid entries of every VM's PASID translation tables, by owner and vPASID. */
export function kvmTable(machine: Machine): KvmRow[] {
  const rows: KvmRow[] = [];
  for (const [owner, state] of machine.owners.entries()) {
    for (const { pasid, physical, origin } of state.vmx.entries()) {
      const space = spaceName(machine, state.kvmSpaces.get(pasid) ?? -1);
      rows.push({ owner, pasid, physical, ...vmxIndex(pasid), space, origin });
    }
  }
  return rows;
}

/** The KVM mappings that category-5 attachments make necessary (domain.md 1.2), and how each stands. */
export function kvmRequirements(machine: Machine): KvmRequirement[] {
  const rows: KvmRequirement[] = [];
  for (const [device, state] of machine.devices.entries()) {
    if (!takesEnqcmdOfGuests(machine, device)) continue;
    for (const [pasid] of state.attachments.entries()) {
      const row = kvmRequirement(machine, device, pasid);
      if (row) rows.push(row);
    }
  }
  return rows;
}

/** The KVM mapping that one attached vPASID makes necessary; `undefined` when it needs none. */
export function kvmRequirement(machine: Machine, device: number, pasid: number): KvmRequirement | undefined {
  if (!takesEnqcmdOfGuests(machine, device)) return undefined;
  const attachment = machine.device(device).attachments.get(pasid);
  const space = attachment && machine.spaces.get(attachment.space);
  if (!space || attachment.physical === undefined) return undefined;
  const { owner, name } = space;
  if (machine.platform.owners[owner]!.kind !== "guest") return undefined;
  const { physical, origin } = attachment;
  const current = kvmEntry(machine, owner, pasid);
  const state = current === undefined ? "missing" : current === physical ? "present" : "conflict";
  return { owner, device, pasid, space: name, physical, state, current, origin };
}

function takesEnqcmdOfGuests({ platform }: Machine, device: number): boolean {
  const { category, hideEnqcmd, queue } = platform.devices[device]!;
  return category === 5 && !hideEnqcmd && queue !== "dedicated";
}

/**
 * The pPASID behind a vPASID of a device, or its defPASID.
 * @returns `undefined` when nothing is attached, or the device has none
 */
export function physicalPasid(
  machine: Machine,
  device: number,
  pasid: number | undefined,
): number | undefined {
  const state = machine.device(device);
  if (pasid === undefined) return state.defPasid;
  const attachment = state.attachments.get(pasid);
  if (attachment) return attachment.physical ?? pasid;
  // In a guest's own table the number needs no translation.
  const delegated = delegatesTable(machine.platform, machine.platform.devices[device]!);
  const table =
    delegated && state.guestTable !== undefined ? machine.spaces.get(state.guestTable) : undefined;
  return table?.entries.has(pasid) ? pasid : undefined;
}

/** What the CPU of a VM makes of a vPASID; `undefined` when the slot is not valid. */
export function kvmEntry(machine: Machine, owner: number, pasid: number): number | undefined {
  const found = machine.owner(owner).vmx.translate(pasid);
  return found.valid ? found.physical : undefined;
}
