import type { EpochMap } from "../../address/index.js";
import { flushRid } from "../dma/iotlb.js";
import type { Machine } from "../machine.js";
import { writeEntry } from "../pasid/entries.js";
import { hasDefPasid, namespaceOf } from "../pasid/pool.js";
import type { Device } from "../platform.js";
import type { DeviceState } from "../state.js";

/** Slot of the RID's PASID table that a device's default space goes to; `undefined` for a software mdev. */
export function defaultSlot(machine: Machine, index: number): number | undefined {
  const device = machine.platform.devices[index]!;
  if (device.category === 1) return undefined;
  return hasDefPasid(device) ? machine.device(index).defPasid : 0;
}

/**
 * Writes the table entry of a device's default space, as its attachments stand now; there must be one.
 * @returns the defPASID, or `undefined` for routing by RID or in software
 */
export function routeDefault(machine: Machine, index: number): number | undefined {
  const device = machine.platform.devices[index]!;
  const slot = defaultSlot(machine, index);
  if (slot === undefined) return undefined;
  const current = machine.device(index).defaults.at(-1)!;
  if (machine.spaces.get(current.space)?.kind === "pasid-table") {
    useGuestTable(machine, device.wire, current.space);
    return undefined;
  }
  if (slot === 0) useGuestTable(machine, device.wire, undefined);
  writeEntry(machine, device.wire, slot, {
    space: current.space,
    process: -1,
    use: slot === 0 ? "default" : "defPASID",
    device: index,
    pasid: undefined,
    namespace: slot === 0 ? "rid" : namespaceOf(machine.platform, device),
    users: 1,
    origin: current.origin,
  });
  return slot === 0 ? undefined : slot;
}

/** Makes a RID use a guest's PASID table or its own again; what was cached for it goes. */
export function useGuestTable(machine: Machine, wire: number, table: number | undefined): void {
  if (machine.device(wire).guestTable === table) return;
  machine.ownDevice(wire).guestTable = table;
  flushRid(machine, wire);
}

/** Counts an attachment of a device to a space. */
export function addUser(machine: Machine, space: number, index: number): void {
  const own = machine.ownSpace(space);
  count(own.users, index, 1);
  count(own.units, machine.platform.devices[index]!.iommu, 1);
}

/** Takes the count of an attachment back. */
export function dropUser(machine: Machine, space: number, index: number): void {
  const own = machine.ownSpace(space);
  count(own.users, index, -1);
  count(own.units, machine.platform.devices[index]!.iommu, -1);
}

function count(counts: EpochMap<number>, key: number, change: 1 | -1): void {
  const sum = (counts.get(key) ?? 0) + change;
  if (sum > 0) counts.set(key, sum);
  else counts.delete(key);
}

/**
 * The space that requests without PASID are meant for: the innermost default attachment that is a space of
 * its own, since a PASID table is only a placeholder for the others (RFC v2 1.4.1).
 */
export function registeredDefault(machine: Machine, state: DeviceState): number | undefined {
  for (let at = state.defaults.length - 1; at >= 0; at--) {
    const { space } = state.defaults[at]!;
    if (machine.spaces.get(space)?.kind !== "pasid-table") return space;
  }
  return undefined;
}

/**
 * v1: members of a group that are attached to a space by RID, and those of the same group that are not,
 * for the first group that is only partly attached (RFC v1 §1, `partial_devices`).
 */
export function partialGroup(
  machine: Machine,
  space: number,
): { attached: number[]; missing: number[]; origin: number } | undefined {
  const { platform } = machine;
  const users = machine.spaces.get(space)?.users;
  if (!users) return undefined;
  for (const [index] of users.entries()) {
    const group = platform.groups[platform.devices[index]!.group]!;
    if (group.members.length < 2) continue;
    const byRid = (member: number) => machine.device(member).defaults.some((entry) => entry.space === space);
    if (!byRid(index)) continue;
    const missing = group.members.filter((member) => !byRid(member));
    if (missing.length > 0) {
      return { attached: group.members.filter(byRid), missing, origin: group.origin };
    }
  }
  return undefined;
}

/** Devices other than `index` in its IOMMU group. */
export function siblings(machine: Machine, device: Device, index: number): number[] {
  return machine.platform.groups[device.group]!.members.filter((member) => member !== index);
}
