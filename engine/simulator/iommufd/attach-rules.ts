import type { Range } from "../../address/index.js";
import type { Call } from "../call.js";
import { formatRid } from "../describe.js";
import type { Machine } from "../machine.js";
import type { Refusal } from "../refusal.js";
import { driverOf } from "./drivers/index.js";
import { pagingOf } from "./hwpt.js";
import type { BoundDevice, GroupAttachment, Hwpt } from "./objects.js";
import { checkReservation } from "./range-rules.js";
import { attachedAt, get } from "./table.js";

/** Index of the IOMMU group of a bound device. */
export function groupOf(machine: Machine, { device }: BoundDevice): number {
  return machine.platform.devices[device]!.group;
}

/** Ranges that the IOMMU of a device never translates for it. */
export function reservationsOf(machine: Machine, { device }: BoundDevice): readonly Range[] {
  return machine.platform.iommus[machine.platform.devices[device]!.iommu]!.reserved;
}

/**
 * What an attach asks, in the order of `iommufd_hw_pagetable_attach`.
 * @returns U125 EBUSY, U124 EINVAL, U118 EADDRINUSE, and for the first device of a group what `checkFirst` gives
 */
export function checkAttach(call: Call, device: BoundDevice, pasid: number, hwpt: Hwpt): Refusal | undefined {
  const { machine } = call;
  const current = attachedAt(machine, groupOf(machine, device), pasid);
  if (current) {
    const args = { device: device.name, pasid, hwpt: hwpt.name, current: nameOf(machine, current.hwpt) };
    const related = [{ origin: current.origin, note: `${args.current} was attached here` }];
    if (current.devices.includes(device.number)) return call.refuse("U125", "EBUSY", args, related);
    if (current.hwpt !== hwpt.number) return call.refuse("U124", "EINVAL", args, related);
  }
  const reserved = pasid === 0 ? checkReservations(call, [device], hwpt) : undefined;
  return reserved ?? (current ? undefined : checkFirst(call, device, pasid, hwpt));
}

/**
 * What a replace asks, in the order of `iommufd_device_do_replace`.
 * @returns U133 EINVAL, U118 EADDRINUSE, and what `checkFirst` gives
 */
export function checkReplace(
  call: Call,
  device: BoundDevice,
  pasid: number,
  hwpt: Hwpt,
): Refusal | undefined {
  const { machine } = call;
  const current = attachedAt(machine, groupOf(machine, device), pasid);
  if (!current?.devices.includes(device.number)) {
    return call.refuse("U133", "EINVAL", { device: device.name, pasid });
  }
  if (current.hwpt === hwpt.number) return undefined;
  const members = current.devices.map((number) => get(machine, number, "device"));
  const old = machine.iommufd.objects.get(current.hwpt) as Hwpt;
  const moves = pasid === 0 && pagingOf(call, old).ioas !== pagingOf(call, hwpt).ioas;
  const reserved = moves ? checkReservations(call, members, hwpt) : undefined;
  return reserved ?? checkFirst(call, device, pasid, hwpt);
}

function nameOf(machine: Machine, number: number): string {
  return machine.iommufd.objects.get(number)!.name;
}

/** U118 EADDRINUSE when what a device's IOMMU reserves is mapped or allowed in the IOAS. */
function checkReservations(call: Call, devices: readonly BoundDevice[], hwpt: Hwpt): Refusal | undefined {
  const { machine } = call;
  const ioas = get(machine, pagingOf(call, hwpt).ioas, "ioas");
  for (const device of devices) {
    for (const range of reservationsOf(machine, device)) {
      const refusal = checkReservation(call, ioas, range, `the IOMMU of ${device.name}`);
      if (refusal) return refusal;
    }
  }
  return undefined;
}

/**
 * What the first device of a group asks at a PASID: first iommufd (`iommufd_hwpt_compatible_device`,
 * `iommufd_hwpt_pasid_compat`), then the core (`iommu_attach_device_pasid`), then the driver.
 * @returns U148 and U126 to U130 EINVAL, U131 EBUSY, and what the driver refuses
 */
function checkFirst(call: Call, device: BoundDevice, pasid: number, hwpt: Hwpt): Refusal | undefined {
  const shared = checkPageRequests(call, device, hwpt);
  if (shared) return shared;
  const refusal = pasid === 0 ? checkRid(call, device, hwpt) : checkPasid(call, device, pasid, hwpt);
  if (refusal) return refusal;
  return driverOf(call.machine, device.device).checkAttach(call, hwpt, device, pasid);
}

/**
 * U148 EINVAL: a VF shares the page request interface of its PF, and a failure that a VMM answers would reach
 * all of them.
 */
function checkPageRequests(call: Call, device: BoundDevice, hwpt: Hwpt): Refusal | undefined {
  if (hwpt.fault === undefined) return undefined;
  const { machine } = call;
  const { devices } = machine.platform;
  const { physicalFunction } = devices[devices[device.device]!.wire]!;
  const physical = physicalFunction === undefined ? undefined : devices[physicalFunction]!;
  if (!physical?.pageRequests) return undefined;
  const queue = nameOf(machine, hwpt.fault);
  const args = { device: device.name, hwpt: hwpt.name, queue, physical: physical.name };
  return call.refuse("U148", "EINVAL", args, [
    { origin: hwpt.origin, note: `${hwpt.name} was made here, with ${queue}` },
    { origin: physical.origin, note: `${physical.name} is declared here` },
  ]);
}

/** U129 EINVAL: a RID whose PASIDs are in use stays on tables that were made for PASIDs. */
function checkRid(call: Call, device: BoundDevice, hwpt: Hwpt): Refusal | undefined {
  if (hwpt.pasid) return undefined;
  const { machine } = call;
  const used = firstPasid(machine, groupOf(machine, device));
  if (!used) return undefined;
  const args = { device: device.name, hwpt: hwpt.name, auto: isAuto(hwpt), pasid: used.pasid };
  const note = `PASID ${used.pasid} was attached here`;
  return call.refuse("U129", "EINVAL", args, [{ origin: used.attachment.origin, note }]);
}

function firstPasid(
  machine: Machine,
  group: number,
): { readonly pasid: number; readonly attachment: GroupAttachment } | undefined {
  for (const [pasid, attachment] of machine.iommufd.groups.get(group)?.entries() ?? []) {
    if (pasid > 0) return { pasid, attachment };
  }
  return undefined;
}

function isAuto(hwpt: Hwpt): boolean {
  return hwpt.type === "hwpt-paging" && hwpt.auto;
}

function checkPasid(call: Call, device: BoundDevice, pasid: number, hwpt: Hwpt): Refusal | undefined {
  const { machine } = call;
  const made = [{ origin: hwpt.origin, note: `${hwpt.name} was made here` }];
  if (!hwpt.pasid) {
    const args = { device: device.name, pasid };
    return hwpt.type === "hwpt-paging" && hwpt.auto
      ? call.refuse("U127", "EINVAL", { ...args, ioas: nameOf(machine, hwpt.ioas) })
      : call.refuse("U126", "EINVAL", { ...args, hwpt: hwpt.name }, made);
  }
  const rid = attachedAt(machine, groupOf(machine, device), 0);
  const ridTable = rid && (machine.iommufd.objects.get(rid.hwpt) as Hwpt);
  if (rid && ridTable && !ridTable.pasid) {
    const args = { device: device.name, pasid, hwpt: ridTable.name, auto: isAuto(ridTable) };
    const note = `the RID was attached to ${ridTable.name} here`;
    return call.refuse("U128", "EINVAL", args, [{ origin: rid.origin, note }]);
  }
  return checkCore(call, device, pasid);
}

/** U130 EINVAL past what a device of the group can send, U131 EBUSY for a number that the host uses. */
function checkCore(call: Call, device: BoundDevice, pasid: number): Refusal | undefined {
  const { machine } = call;
  const { devices, groups } = machine.platform;
  for (const member of groups[groupOf(machine, device)]!.members) {
    const limit = driverOf(machine, member).maxPasids(call, member);
    // A device of the group without PASIDs sends none and is passed over; the one that asks is not.
    if (pasid < limit || (limit === 0 && member !== device.device)) continue;
    const { name, rid, origin } = devices[member]!;
    const args = { device: name, rid: formatRid(rid), pasid, limit };
    return call.refuse("U130", "EINVAL", args, [{ origin, note: `${name} is declared here` }]);
  }
  const { wire } = devices[device.device]!;
  const entry = machine.device(wire).entries.get(pasid);
  // A replace finds its own entry there.
  if (!entry || entry.space === attachedAt(machine, groupOf(machine, device), pasid)?.hwpt) return undefined;
  const holder = entry.use === "sva" ? "a process of the host (SVA)" : devices[entry.device]!.name;
  const args = { device: device.name, pasid, holder };
  return call.refuse("U131", "EBUSY", args, [
    { origin: entry.origin, note: `${holder} got PASID ${pasid} here` },
  ]);
}
