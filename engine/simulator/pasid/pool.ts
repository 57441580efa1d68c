import { deviceName, formatRid } from "../describe.js";
import type { Machine } from "../machine.js";
import type { Device, Platform } from "../platform.js";
import type { Namespace } from "../state.js";

/**
 * Where a device's physical PASIDs come from (domain.md 1.3):
 * - category 3 uses the vPASID itself, in its own RID's space (N2);
 * - slices of a parent share the parent's RID space (N3), unless the parent hosts a category-5 slice:
 *   then all of them draw from the global pool (N4); policy "simple" draws globally for every slice (N5);
 * - a category-4 function has its own RID's space.
 */
export function namespaceOf(platform: Platform, device: Device): "rid" | "global" {
  if (device.kind === "pdev") return "rid";
  if (platform.pasidPolicy === "simple") return "global";
  const sibling = slicesOf(platform, device.wire).some((index) => platform.devices[index]!.category === 5);
  return sibling ? "global" : "rid";
}

/**
 * Whether the vPASID is itself the number on the wire: category 3, and under the policy "simple" every
 * function that is no slice (N5).
 */
export function keepsNumber(platform: Platform, device: Device): boolean {
  return device.category === 3 || (device.kind === "pdev" && platform.pasidPolicy === "simple");
}

/** One past the largest PASID that the RID can carry: the narrower of function and IOMMU (LX max_pasids). */
export function pasidLimit(platform: Platform, device: Device): number {
  return 2 ** Math.min(device.pasidWidth, platform.iommus[device.iommu]!.pasidWidth, 20);
}

/**
 * The lowest number that is free both in the device's namespace and in its RID's table, from 1 because 0 is
 * the slot of requests without PASID (N8).
 * @returns `undefined` when there is none below the device's limit (P007 ENOSPC)
 */
export function lowestFreePasid(machine: Machine, device: Device, from: Namespace): number | undefined {
  const limit = pasidLimit(machine.platform, device);
  const { entries, defPasids } = machine.device(device.wire);
  const taken = from === "global" ? [entries, defPasids, machine.globalPasids] : [entries, defPasids];
  // A number that all of them leave free has been asked of each in turn without moving on.
  let number = 1;
  for (let agreed = 0, turn = 0; agreed < taken.length; turn = (turn + 1) % taken.length) {
    const free = taken[turn]!.lowestFree(number, limit);
    if (free === undefined) return undefined;
    agreed = free === number ? agreed + 1 : 1;
    number = free;
  }
  return number;
}

/** Takes a number out of the host-wide pool; under `allow P006` a number may have several holders. */
export function claimGlobal(machine: Machine, physical: number, holder: string): void {
  const { claims } = machine.globalPasids.get(physical) ?? { claims: 0 };
  machine.ownGlobalPasids().set(physical, { holder, claims: claims + 1 });
}

/** Gives a number back to the host-wide pool, which has it again when its last holder is gone. */
export function releaseGlobal(machine: Machine, physical: number): void {
  const found = machine.globalPasids.get(physical);
  if (!found) return;
  if (found.claims > 1) machine.ownGlobalPasids().set(physical, { ...found, claims: found.claims - 1 });
  else machine.ownGlobalPasids().delete(physical);
}

/** Whether a fixed number is free in the namespace and on the RID; the holder's name when it is not. */
export function pasidHolder(
  machine: Machine,
  device: Device,
  from: Namespace,
  physical: number,
): string | undefined {
  const entry = machine.device(device.wire).entries.get(physical);
  if (entry) {
    return entry.use === "sva"
      ? `the host process of ${machine.platform.owners[entry.process]!.name}`
      : deviceName(machine.platform, entry.device);
  }
  const reserved = machine.device(device.wire).defPasids.get(physical);
  if (reserved !== undefined) return `${deviceName(machine.platform, reserved)} (its defPASID)`;
  return from === "global" ? machine.globalPasids.get(physical)?.holder : undefined;
}

const slices = new WeakMap<Platform, Map<number, number[]>>();

/** Indices of the mdevs of a parent. */
export function slicesOf(platform: Platform, parent: number): readonly number[] {
  let byParent = slices.get(platform);
  if (!byParent) {
    byParent = new Map();
    for (const [index, device] of platform.devices.entries()) {
      if (device.kind !== "mdev") continue;
      const list = byParent.get(device.wire);
      if (list) list.push(index);
      else byParent.set(device.wire, [index]);
    }
    slices.set(platform, byParent);
  }
  return byParent.get(parent) ?? [];
}

/** Gives each slice of category 2, 4 and 5 the PASID of its default space, in declaration order. */
export function giveDefPasids(machine: Machine): void {
  for (const [index, device] of machine.platform.devices.entries()) {
    if (!hasDefPasid(device)) continue;
    const from = namespaceOf(machine.platform, device);
    const number = lowestFreePasid(machine, device, from);
    if (number === undefined) continue;
    machine.ownDevice(index).defPasid = number;
    machine.ownDevice(device.wire).defPasids.set(number, index);
    if (from === "global") claimGlobal(machine, number, `${device.name} (its defPASID)`);
  }
}

/** Slices that the IOMMU tells apart by PASID; category 1 is software and has none. */
export function hasDefPasid(device: Device): boolean {
  return device.kind === "mdev" && (device.category === 2 || device.category === 4 || device.category === 5);
}

/** The pool's name for a person: the RID, or the host-wide pool. */
export function poolName(device: Device, from: Namespace): string {
  return from === "global" ? "the global pool" : `the PASID space of ${formatRid(device.rid)}`;
}
