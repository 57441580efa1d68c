import type { Call } from "../call.js";
import { deviceName, ownerName } from "../describe.js";
import { flushRid } from "../dma/iotlb.js";
import { clearEntry } from "../pasid/entries.js";
import type { Refusal } from "../refusal.js";
import type { Attachment, Space } from "../state.js";
import { routeDefault } from "./attach.js";
import { defaultSlot } from "./relations.js";

/**
 * VFIO_DETACH_IOASID without a vPASID. What the device was attached to before, a parent of the space, takes
 * its requests again; with nothing left they are blocked.
 * @returns U020 ENOENT when it is not attached, U021 EBUSY while it is attached to a child of the space
 */
export function detachDefault(call: Call, space: Space, index: number): Refusal | undefined {
  const { machine } = call;
  const device = machine.platform.devices[index]!;
  if (!machine.device(index).defaults.some((entry) => entry.space === space.number)) {
    return call.refuse("U020", "ENOENT", { device: device.name, space: space.name, pasid: undefined });
  }
  const refusal = checkChildren(call, space, index);
  if (refusal) return refusal;
  const own = machine.ownDevice(index);
  own.defaults = own.defaults.filter((entry) => entry.space !== space.number);
  dropUser(call, space.number, index);
  dropPending(call, space.number, index, undefined);
  const wire = machine.ownDevice(device.wire);
  if (wire.guestTable === space.number) {
    wire.guestTable = undefined;
    flushRid(machine, device.wire);
  }
  const slot = defaultSlot(machine, index);
  if (slot === undefined) return undefined;
  if (own.defaults.length > 0) routeDefault(call, index);
  else clearEntry(machine, device.wire, slot);
  return undefined;
}

/**
 * VFIO_DETACH_IOASID with a vPASID: clears the table entry, flushes what was cached for it, and gives the
 * pPASID back.
 * @returns U020 ENOENT, U021 EBUSY, or P028 EBUSY while KVM still translates to the pPASID
 */
export function detachPasid(call: Call, space: Space, index: number, pasid: number): Refusal | undefined {
  const { machine } = call;
  const device = machine.platform.devices[index]!;
  const attachment = machine.device(index).attachments.get(pasid);
  if (attachment?.space !== space.number) {
    return call.refuse("U020", "ENOENT", { device: device.name, space: space.name, pasid });
  }
  const refusal = checkChildren(call, space, index) ?? checkKvm(call, space, index, attachment);
  if (refusal) return refusal;
  machine.ownDevice(index).attachments.delete(pasid);
  dropUser(call, space.number, index);
  dropPending(call, space.number, index, pasid);
  release(call, space, index, attachment);
  return undefined;
}

/** U021: a device attached to a child must stay attached to the parent (RFC v1 CREATE_NESTING). */
function checkChildren(call: Call, space: Space, index: number): Refusal | undefined {
  const { machine } = call;
  if ((space.users.get(index) ?? 0) > 1) return undefined;
  for (const [number] of space.children.entries()) {
    const child = machine.spaces.get(number);
    if (!child?.users.has(index)) continue;
    const args = { device: deviceName(machine.platform, index), space: space.name, child: child.name };
    return call.refuse("U021", "EBUSY", args, [
      { origin: child.origin, note: `${child.name} is nested on ${space.name}` },
    ]);
  }
  return undefined;
}

/**
 * P028: after the detach the pPASID may be given to somebody else, and a KVM slot that still holds it would
 * let the guest reach that. Another device of the owner with the same vPASID and space keeps the slot right.
 */
function checkKvm(call: Call, space: Space, index: number, attachment: Attachment): Refusal | undefined {
  const { machine } = call;
  const device = machine.platform.devices[index]!;
  if (device.category !== 5) return undefined;
  const { vmx } = machine.owner(space.owner);
  const last = space.globalUsers <= 1;
  for (const slot of vmx.entries()) {
    if (slot.physical !== attachment.physical) continue;
    const concerns = slot.pasid === attachment.pasid && !heldElsewhere(call, space, index, slot.pasid);
    if (!concerns && !last) continue;
    const owner = ownerName(machine.platform, space.owner);
    const args = {
      device: device.name,
      pasid: slot.pasid,
      space: space.name,
      owner,
      physical: slot.physical,
    };
    return call.object("P028", "EBUSY", args, [
      { origin: slot.origin, note: `KVM of ${owner} was told to translate vPASID ${slot.pasid} here` },
    ]);
  }
  return undefined;
}

function heldElsewhere(call: Call, space: Space, index: number, pasid: number): boolean {
  const { machine } = call;
  for (const [other] of space.users.entries()) {
    if (other === index || machine.platform.devices[other]!.category !== 5) continue;
    if (machine.device(other).attachments.get(pasid)?.space === space.number) return true;
  }
  return false;
}

function release(call: Call, space: Space, index: number, attachment: Attachment): void {
  const { machine } = call;
  const device = machine.platform.devices[index]!;
  const { physical } = attachment;
  if (physical === undefined) return;
  const entry = machine.device(device.wire).entries.get(physical);
  if (entry?.space === space.number) {
    if (entry.users > 1) {
      machine.ownDevice(device.wire).entries.set(physical, { ...entry, users: entry.users - 1 });
    } else {
      clearEntry(machine, device.wire, physical);
    }
  }
  if (device.category === 5) {
    const own = machine.ownSpace(space.number);
    own.globalUsers -= 1;
    if (own.globalUsers > 0) return;
    own.globalPasid = undefined;
  }
  if (attachment.namespace === "global") machine.ownGlobalPasids().delete(physical);
}

function dropUser(call: Call, space: number, index: number): void {
  const own = call.machine.ownSpace(space);
  const count = (own.users.get(index) ?? 1) - 1;
  if (count > 0) own.users.set(index, count);
  else own.users.delete(index);
}

/** Page requests of a detached space are answered with a failure by the hardware. */
function dropPending(call: Call, space: number, index: number, pasid: number | undefined): void {
  const own = call.machine.ownSpace(space);
  own.pending = own.pending.filter((request) => request.device !== index || request.pasid !== pasid);
}
