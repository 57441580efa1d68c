import { delegatesTable } from "./capability.js";
import { ownerName, qualifiedSpaceName, spaceName } from "./describe.js";
import { vmxIndex } from "./kvm/vmx-table.js";
import type { Machine } from "./machine.js";
import { pieceOf } from "./piece.js";
import type { DeviceState, Space } from "./state.js";
import type { KvmRequirement, KvmRow, PasidTableRow } from "./view.js";

/** The PASID tables of all RIDs as hardware holds them, by device and then by number. */
export function pasidTables(machine: Machine): PasidTableRow[] {
  return [...machine.devices.entries()].flatMap(([wire]) => [...rowsOf(machine, wire)]);
}

/** How many entries the PASID table of each RID has, of those that have one; by device. */
export function pasidTableSizes(machine: Machine): { readonly wire: number; readonly entries: number }[] {
  return [...machine.devices.entries()].flatMap(([wire, { entries, guestTable }]) => {
    const table = guestTable === undefined ? undefined : machine.spaces.get(guestTable);
    const count = table ? table.entries.size + (bypasses(machine, wire) ? 1 : 0) : entries.size;
    return count > 0 ? [{ wire, entries: count }] : [];
  });
}

/**
 * Some of the entries of the PASID table of a RID, by number.
 * @param from how many to pass over
 * @param count how many to give at most
 */
export function pasidTableRows(machine: Machine, wire: number, from: number, count: number): PasidTableRow[] {
  return pieceOf(rowsOf(machine, wire), from, count);
}

function rowsOf(machine: Machine, wire: number): Iterable<PasidTableRow> {
  const state = machine.device(wire);
  const table = state.guestTable === undefined ? undefined : machine.spaces.get(state.guestTable);
  return table ? guestRows(machine, wire, table) : kernelRows(machine, wire, state);
}

function* kernelRows(machine: Machine, wire: number, { entries }: DeviceState): Iterable<PasidTableRow> {
  for (const [physical, entry] of entries.entries()) {
    const { device, pasid, use, namespace, origin, space, process } = entry;
    const target = space < 0 ? ownerName(machine.platform, process) : qualifiedSpaceName(machine, space);
    yield { wire, physical, device, pasid, use, target, space, namespace, origin };
  }
}

/** Requests without a PASID pass a guest's table by (STE.S1DSS). */
function bypasses({ platform }: Machine, wire: number): boolean {
  return platform.iommus[platform.devices[wire]!.iommu]!.noPasid === "bypass";
}

/**
 * While a RID uses the guest's table, what the kernel wrote in its own is not looked at. Requests without a
 * PASID have a way of their own where they bypass the first stage (STE.S1DSS); else they end, or use entry 0.
 */
function* guestRows(machine: Machine, wire: number, table: Space): Iterable<PasidTableRow> {
  if (bypasses(machine, wire)) {
    const { parent: space, origin } = table;
    const target = qualifiedSpaceName(machine, space);
    const plain = { device: wire, pasid: undefined, use: "default", namespace: "rid" } as const;
    yield { wire, physical: 0, ...plain, target, space, origin };
  }
  for (const [physical, { space, origin }] of table.entries.entries()) {
    const target = qualifiedSpaceName(machine, space);
    const guest = { device: wire, pasid: physical, use: "guest", namespace: "delegated" } as const;
    yield { wire, physical, ...guest, target, space, origin };
  }
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
  // Upstream KVM has no PASID translation that a mapping could be made for.
  return platform.uapi !== "iommufd" && category === 5 && !hideEnqcmd && queue !== "dedicated";
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
