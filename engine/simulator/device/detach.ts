import type { Call } from "../call.js";
import { deviceName, ownerName, spaceName } from "../describe.js";
import type { Machine } from "../machine.js";
import { clearEntry } from "../pasid/entries.js";
import { releaseGlobal } from "../pasid/pool.js";
import type { Refusal } from "../refusal.js";
import type { Attachment, Space } from "../state.js";
import { defaultSlot, dropUser, routeDefault, useGuestTable } from "./relations.js";

/**
 * VFIO_DETACH_IOASID without a vPASID. What the device was attached to before, a parent of the space, takes
 * its requests again; with nothing left they are blocked.
 * @returns U020 ENOENT when it is not attached, U021 EBUSY while it is attached to a child of the space
 */
export function detachDefault(call: Call, space: Space, index: number): Refusal | undefined {
  const { machine } = call;
  const device = machine.platform.devices[index]!;
  if (!machine.device(index).defaults.some((entry) => entry.space === space.number)) {
    return notAttached(call, space, index, undefined);
  }
  const refusal = checkChildren(call, space, index);
  if (refusal) return refusal;
  const own = machine.ownDevice(index);
  // Under an allowed P002 a space may be there twice; one call takes the later one.
  const at = own.defaults.findLastIndex((entry) => entry.space === space.number);
  own.defaults = own.defaults.filter((_entry, position) => position !== at);
  dropUser(machine, space.number, index);
  dropPending(machine, space.number, index, undefined);
  if (own.defaults.length > 0) {
    routeDefault(machine, index);
    return undefined;
  }
  if (machine.device(device.wire).guestTable === space.number) useGuestTable(machine, device.wire, undefined);
  const slot = defaultSlot(machine, index);
  const entry = slot === undefined ? undefined : machine.device(device.wire).entries.get(slot);
  const isOwn = entry?.device === index && (entry.use === "default" || entry.use === "defPASID");
  if (slot !== undefined && isOwn) clearEntry(machine, device.wire, slot);
  return undefined;
}

/**
 * VFIO_DETACH_IOASID with a vPASID: clears the table entry, flushes what was cached for it, and gives the
 * pPASID back.
 * @returns U020 ENOENT, U021 EBUSY, or P028 EBUSY while KVM still translates to the pPASID
 */
export function detachPasid(call: Call, space: Space, index: number, pasid: number): Refusal | undefined {
  const { machine } = call;
  const attachment = machine.device(index).attachments.get(pasid);
  if (attachment?.space !== space.number) {
    return notAttached(call, space, index, pasid);
  }
  const refusal = checkChildren(call, space, index) ?? checkKvm(call, space, index, attachment);
  if (refusal) return refusal;
  removeAttachment(machine, index, attachment);
  return undefined;
}

/** Undoes an attachment with a vPASID: its table entry, its pPASID, and what waits for a page response. */
export function removeAttachment(machine: Machine, index: number, attachment: Attachment): void {
  machine.ownDevice(index).attachments.delete(attachment.pasid);
  dropUser(machine, attachment.space, index);
  dropPending(machine, attachment.space, index, attachment.pasid);
  release(machine, index, attachment);
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
  const { pasid, physical } = attachment;
  if (device.category !== 5 || physical === undefined) return undefined;
  const { vmx } = machine.owner(space.owner);
  const own = vmx.translate(pasid);
  const concerns = own.valid && own.physical === physical && !heldElsewhere(call, space, index, pasid);
  const last = space.globalUsers <= 1;
  const slot = concerns ? { pasid, origin: own.origin } : last ? vmx.slotOf(physical) : undefined;
  if (!slot) return undefined;
  const owner = ownerName(machine.platform, space.owner);
  const args = { device: device.name, pasid: slot.pasid, space: space.name, owner, physical };
  return call.object("P028", "EBUSY", args, [
    { origin: slot.origin, note: `KVM of ${owner} was told to translate vPASID ${slot.pasid} here` },
  ]);
}

function heldElsewhere(call: Call, space: Space, index: number, pasid: number): boolean {
  const { machine } = call;
  for (const [other] of space.users.entries()) {
    if (other === index || machine.platform.devices[other]!.category !== 5) continue;
    if (machine.device(other).attachments.get(pasid)?.space === space.number) return true;
  }
  return false;
}

function release(machine: Machine, index: number, attachment: Attachment): void {
  const device = machine.platform.devices[index]!;
  const { physical, space } = attachment;
  if (physical === undefined) return;
  const entry = machine.device(device.wire).entries.get(physical);
  // After an allowed P006 the entry may be another owner's by now.
  if (entry?.use === "attached" && entry.space === space) {
    if (entry.users > 1) {
      machine.ownDevice(device.wire).entries.set(physical, { ...entry, users: entry.users - 1 });
    } else {
      clearEntry(machine, device.wire, physical);
    }
  }
  if (device.category === 5) {
    const own = machine.ownSpace(space);
    own.globalUsers -= 1;
    if (own.globalUsers > 0) return;
    own.globalPasid = undefined;
  }
  if (attachment.namespace === "global") releaseGlobal(machine, physical);
}

/** Page requests of a detached space are answered with a failure by the hardware. */
function dropPending(machine: Machine, space: number, index: number, pasid: number | undefined): void {
  const { pending } = machine.spaces.get(space)!;
  if (!pending.some((request) => request.device === index && request.pasid === pasid)) return;
  machine.ownSpace(space).pending = pending.filter(
    (request) => request.device !== index || request.pasid !== pasid,
  );
}

/** U020 ENOENT, with what the device is attached to instead. */
function notAttached(call: Call, space: Space, index: number, pasid: number | undefined): Refusal {
  const { machine } = call;
  const { defaults, attachments } = machine.device(index);
  const names = defaults.map((each) => `${spaceName(machine, each.space)} (no vPASID)`);
  for (const [number, each] of attachments.entries())
    names.push(`${spaceName(machine, each.space)} (vPASID ${number})`);
  const attached = names.slice(0, 5).join(", ") + (names.length > 5 ? " and others" : "");
  const device = deviceName(machine.platform, index);
  return call.refuse("U020", "ENOENT", { device, space: space.name, pasid, attached });
}
