import type { Call } from "../call.js";
import type { Machine } from "../machine.js";
import type { Refusal } from "../refusal.js";
import { checkAttach, checkReplace, groupOf, reservationsOf } from "./attach-rules.js";
import { dropFaults } from "./faults.js";
import { addPaging, checkTable, destroyHwpt, pagingOf, prepareAuto } from "./hwpt.js";
import { install, uninstall } from "./install.js";
import { unreserve } from "./ioas.js";
import type { BoundDevice, Hwpt, HwptPaging, Ioas } from "./objects.js";
import {
  attachedAt,
  drawNumber,
  findAny,
  get,
  hold,
  missing,
  put,
  setAttached,
  TYPE_WORDS,
} from "./table.js";

/** Attach and replace: what each asks of a page table, and what it does then. */
interface Verb {
  readonly name: string;
  /** A new page table is filled before it is attached; for an attach it is the other way round. */
  readonly fillsFirst: boolean;
  check(call: Call, device: BoundDevice, pasid: number, hwpt: Hwpt): Refusal | undefined;
  carryOut(call: Call, device: BoundDevice, pasid: number, hwpt: Hwpt): void;
}

const ATTACH: Verb = { name: "attach", fillsFirst: false, check: checkAttach, carryOut: attachHwpt };
const REPLACE: Verb = { name: "replace", fillsFirst: true, check: checkReplace, carryOut: replaceHwpt };

/**
 * Attaches a bound device to an HWPT, or to a page table of an IOAS, at a PASID (0 for its RID), as
 * `iommufd_device_attach` does.
 * @returns the number of the HWPT, U102 ENOENT, U103 EINVAL, U125 EBUSY, U124, U126 to U130 and U148 EINVAL, U131
 *   EBUSY, U132 EINVAL, U118 EADDRINUSE, and what the making of a page table refuses
 */
export function attach(call: Call, device: BoundDevice, pasid: number, pt: number): number | Refusal {
  return changeTable(call, device, pasid, pt, ATTACH);
}

/**
 * The same for a device that is attached at the PASID already (`iommufd_device_replace`). A refused replace
 * leaves the old attachment as it was.
 * @returns as `attach`, and U133 EINVAL where nothing is attached
 */
export function replace(call: Call, device: BoundDevice, pasid: number, pt: number): number | Refusal {
  return changeTable(call, device, pasid, pt, REPLACE);
}

/** Takes an attachment away; one that is not there is no failure (`iommufd_device_detach`). */
export function detach(call: Call, device: BoundDevice, pasid: number): void {
  const { machine } = call;
  const group = groupOf(machine, device);
  const current = attachedAt(machine, group, pasid);
  if (!current?.devices.includes(device.number)) return;
  const hwpt = hwptOf(call, current.hwpt);
  const devices = current.devices.filter((number) => number !== device.number);
  setAttached(machine, group, pasid, devices.length > 0 ? { ...current, devices } : undefined);
  if (devices.length === 0) dropFaults(call, hwpt, current.handle);
  uninstall(call, device, pasid, hwpt.number, devices.length === 0);
  if (pasid === 0) unreserve(call, pagingOf(call, hwpt).ioas, holderOf(device));
  release(call, hwpt.number);
}

/** Number of the HWPT that a device has at a PASID, as far as there is one. */
export function attachedTable(machine: Machine, device: BoundDevice, pasid: number): number | undefined {
  const current = attachedAt(machine, groupOf(machine, device), pasid);
  return current?.devices.includes(device.number) ? current.hwpt : undefined;
}

function changeTable(
  call: Call,
  device: BoundDevice,
  pasid: number,
  pt: number,
  verb: Verb,
): number | Refusal {
  const object = findAny(call.machine, device.owner, pt);
  if (!object) return missing(call, verb.name, "an IOAS or an HWPT", undefined);
  switch (object.type) {
    case "hwpt-paging":
    case "hwpt-nested": {
      const refusal = verb.check(call, device, pasid, object);
      if (refusal) return refusal;
      verb.carryOut(call, device, pasid, object);
      return object.number;
    }
    case "ioas":
      return changeToIoas(call, device, pasid, object, verb);
    default: {
      const args = { device: device.name, object: object.name, type: TYPE_WORDS[object.type] };
      return call.refuse("U103", "EINVAL", args);
    }
  }
}

/**
 * Any page table that an attach made for the IOAS before will do, when the device can use it; else a new one
 * is made (`iommufd_device_auto_get_domain`).
 */
function changeToIoas(
  call: Call,
  device: BoundDevice,
  pasid: number,
  ioas: Ioas,
  verb: Verb,
): number | Refusal {
  const { machine } = call;
  for (const number of ioas.hwpts) {
    const hwpt = get(machine, number, "hwpt-paging");
    if (!hwpt.auto) continue;
    const refusal = verb.check(call, device, pasid, hwpt);
    // EINVAL: this table is not for the device; the next one may be.
    if (refusal?.errno === "EINVAL") continue;
    if (refusal) return refusal;
    verb.carryOut(call, device, pasid, hwpt);
    return number;
  }
  return changeToNew(call, device, pasid, ioas, verb);
}

function changeToNew(
  call: Call,
  device: BoundDevice,
  pasid: number,
  ioas: Ioas,
  verb: Verb,
): number | Refusal {
  const { machine } = call;
  const hwpt = prepareAuto(call, ioas, device, machine.iommufd.next);
  if ("rule" in hwpt) return hwpt;
  const fill = () => checkTable(call, ioas, hwpt);
  const change = () => verb.check(call, device, pasid, hwpt);
  const refusal = verb.fillsFirst ? (fill() ?? change()) : (change() ?? fill());
  if (refusal) return refusal;
  const number = drawNumber(machine);
  addPaging(call, hwpt);
  verb.carryOut(call, device, pasid, hwpt);
  return number;
}

function attachHwpt(call: Call, device: BoundDevice, pasid: number, hwpt: Hwpt): void {
  const { machine, origin } = call;
  const group = groupOf(machine, device);
  const current = attachedAt(machine, group, pasid);
  if (pasid === 0) reserveFor(call, device, pagingOf(call, hwpt));
  const made = current ?? {
    hwpt: hwpt.number,
    devices: [],
    handle: drawHandle(call),
    first: device.number,
    origin,
  };
  setAttached(machine, group, pasid, { ...made, devices: [...made.devices, device.number] });
  hold(machine, hwpt.number, 1);
  install(call, device, pasid, hwpt.number, current === undefined);
}

function replaceHwpt(call: Call, device: BoundDevice, pasid: number, hwpt: Hwpt): void {
  const { machine, origin } = call;
  const group = groupOf(machine, device);
  const current = attachedAt(machine, group, pasid)!;
  if (current.hwpt === hwpt.number) return;
  const old = hwptOf(call, current.hwpt);
  const members = current.devices.map((number) => get(machine, number, "device"));
  if (pasid === 0) moveReservations(call, members, pagingOf(call, old), pagingOf(call, hwpt));
  dropFaults(call, old, current.handle);
  const handle = drawHandle(call);
  setAttached(machine, group, pasid, { ...current, hwpt: hwpt.number, handle, first: device.number, origin });
  for (const member of members) {
    hold(machine, hwpt.number, 1);
    uninstall(call, member, pasid, old.number, true);
  }
  for (const [at, member] of members.entries()) install(call, member, pasid, hwpt.number, at === 0);
  for (const _member of members) release(call, old.number);
}

function drawHandle({ machine }: Call): number {
  const state = machine.ownIommufd();
  state.handles += 1;
  return state.handles;
}

function moveReservations(
  call: Call,
  members: readonly BoundDevice[],
  from: HwptPaging,
  to: HwptPaging,
): void {
  if (from.ioas === to.ioas) return;
  for (const member of members) {
    reserveFor(call, member, to);
    unreserve(call, from.ioas, holderOf(member));
  }
}

/** Reserves in the IOAS what the device's IOMMU never translates for it. */
function reserveFor(call: Call, device: BoundDevice, { ioas: number }: HwptPaging): void {
  const { machine } = call;
  const added = reservationsOf(machine, device).map((range) => ({ ...range, holder: holderOf(device) }));
  if (added.length === 0) return;
  const ioas = get(machine, number, "ioas");
  put(machine, { ...ioas, reserved: [...ioas.reserved, ...added] });
}

function holderOf(device: BoundDevice): string {
  return `device ${device.number}`;
}

function hwptOf({ machine }: Call, number: number): Hwpt {
  return machine.iommufd.objects.get(number) as Hwpt;
}

/** Gives a reference back; a page table that an attach made goes with the last (`iommufd_hw_pagetable_put`). */
function release(call: Call, number: number): void {
  hold(call.machine, number, -1);
  const hwpt = hwptOf(call, number);
  if (hwpt.type === "hwpt-paging" && hwpt.auto && hwpt.users === 0) destroyHwpt(call, hwpt);
}
