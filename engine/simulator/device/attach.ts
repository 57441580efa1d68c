import { type Call, isRefusal } from "../call.js";
import { delegatesTable, takesVpasid } from "../capability.js";
import { deviceName, ownerName, spaceName } from "../describe.js";
import type { Result } from "../outcome.js";
import { type ChosenPasid, choosePasid } from "../pasid/choose.js";
import { MAX_PASID, writeEntry } from "../pasid/entries.js";
import { claimGlobal, keepsNumber, namespaceOf } from "../pasid/pool.js";
import type { Device, Owner } from "../platform.js";
import type { Refusal } from "../refusal.js";
import type { Space } from "../state.js";
import { isBound } from "./bind.js";
import { checkCompatible } from "./compatible.js";
import { removeAttachment } from "./detach.js";
import { addUser, routeDefault } from "./relations.js";

/**
 * Whether the device may attach to spaces of this owner at all.
 * @returns P021 EINVAL when it is bound nowhere, P026 ENOENT when only another owner has it
 */
export function checkBound(call: Call, owner: number, index: number, space: Space): Refusal | undefined {
  if (isBound(call, index, owner)) return undefined;
  const { platform } = call.machine;
  const other = call.machine.device(index).bound[0];
  const device = deviceName(platform, index);
  if (!other) return call.object("P021", "EINVAL", { device, owner: ownerName(platform, owner) });
  const args = {
    space: space.name,
    owner: ownerName(platform, other.owner),
    holder: ownerName(platform, owner),
    nesting: false,
  };
  return call.refuse("P026", "ENOENT", args, [
    { origin: other.origin, note: `${device} was bound to ${args.owner} here` },
  ]);
}

/**
 * VFIO_ATTACH_IOASID without a vPASID: the device's default space, routed by RID, by the parent's RID and
 * defPASID, or not at all for a software mdev (domain.md 1.2).
 * @returns P002 EBUSY, P015 EINVAL, and what `checkCompatible` refuses
 */
export function attachDefault(call: Call, space: Space, index: number): Result | Refusal {
  const { machine } = call;
  const device = machine.platform.devices[index]!;
  const refusal =
    checkParent(call, space, index) ??
    checkDefault(call, space, index) ??
    checkCompatible(call, space, device);
  if (refusal) return refusal;
  const own = machine.ownDevice(index);
  own.defaults = [...own.defaults, { space: space.number, origin: call.origin }];
  addUser(machine, space.number, index);
  const physical = routeDefault(machine, index);
  return {
    kind: "attachment",
    rid: device.rid,
    pasid: undefined,
    physical,
    namespace: device.category === 1 ? "software" : physical ? namespaceOf(machine.platform, device) : "none",
  };
}

/** P015 EINVAL: a child takes only devices that its parent has. */
function checkParent(call: Call, space: Space, index: number): Refusal | undefined {
  if (space.parent < 0) return undefined;
  const parent = call.machine.spaces.get(space.parent);
  if (!parent || parent.users.has(index)) return undefined;
  const args = {
    device: deviceName(call.machine.platform, index),
    space: space.name,
    parent: parent.name,
  };
  return call.object("P015", "EINVAL", args, [
    { origin: space.origin, note: `${space.name} is nested on ${parent.name} here` },
  ]);
}

/** P002 EBUSY: besides its default space a device may go only to a child of it (flows 5.3 and 5.4). */
function checkDefault(call: Call, space: Space, index: number): Refusal | undefined {
  const current = call.machine.device(index).defaults.at(-1);
  if (!current || current.space === space.parent) return undefined;
  const args = {
    device: deviceName(call.machine.platform, index),
    space: space.name,
    current: spaceName(call.machine, current.space),
  };
  return call.object("P002", "EBUSY", args, [
    { origin: current.origin, note: `${args.device} was attached to ${args.current} here` },
  ]);
}

/**
 * VFIO_ATTACH_IOASID with a vPASID: category 3 uses the number itself, 4 and 5 get a pPASID that the driver
 * or the CPU translates to; where the guest owns the table the kernel only keeps track.
 * @param pasid vPASID, 0 to 0xfffff
 * @param fixed physical PASID that the driver asks for (`ioasid_pci_device_pasid_attach`)
 * @returns P001, P003 to P008, P015, P019, U024 to U026 with their errno, or the attachment
 */
export function attachPasid(
  call: Call,
  space: Space,
  index: number,
  pasid: number,
  fixed: number | undefined,
): Result | Refusal {
  const { machine } = call;
  const device = machine.platform.devices[index]!;
  const refusal =
    checkCapability(call, device, pasid) ??
    checkVpasid(call, space, device, pasid) ??
    checkUnused(call, space, index, pasid) ??
    checkParent(call, space, index) ??
    checkIsOne(call, space, device) ??
    checkCompatible(call, space, device);
  if (refusal) return refusal;
  const isTracked = delegatesTable(machine.platform, device) && (fixed === undefined || fixed === pasid);
  const chosen = isTracked
    ? ({ physical: undefined, namespace: "delegated" } as const)
    : choosePasid(call, space, index, pasid, fixed);
  if (isRefusal(chosen)) return chosen;
  const replaced = machine.device(index).attachments.get(pasid);
  if (replaced) removeAttachment(machine, index, replaced);
  install(call, space, index, pasid, chosen);
  return {
    kind: "attachment",
    rid: device.rid,
    pasid,
    physical: chosen.physical,
    namespace: chosen.namespace,
  };
}

function checkCapability(call: Call, device: Device, pasid: number): Refusal | undefined {
  if (takesVpasid(device)) return undefined;
  const args = { device: device.name, category: device.category ?? 0, pasid, hidden: device.hidePasid };
  return call.object("P001", "EOPNOTSUPP", args, [
    { origin: device.origin, note: `${device.name} is declared here` },
  ]);
}

function checkVpasid(call: Call, space: Space, device: Device, pasid: number): Refusal | undefined {
  const { platform } = call.machine;
  const owner = platform.owners[space.owner]!;
  const { width, binding, origin } = narrowest(call, device, owner);
  if (pasid >= 2 ** width) {
    const args = { device: device.name, pasid, width, binding };
    const related = [{ origin, note: `${binding} decides the width` }];
    // No TLP has room for more than 20 bits, so there is nothing to watch beyond them.
    return pasid > MAX_PASID
      ? call.refuse("P003", "EINVAL", args, related)
      : call.object("P003", "EINVAL", args, related);
  }
  if (pasid === 0 && keepsNumber(platform, device) && !delegatesTable(platform, device)) {
    return call.object("P004", "EINVAL", { device: device.name });
  }
  return undefined;
}

/** P019 EINVAL: a PASID table stands for the RID's whole PASID space (RFC v2 §1.4.1), not for one number of it. */
function checkIsOne(call: Call, space: Space, device: Device): Refusal | undefined {
  if (space.kind !== "pasid-table") return undefined;
  const reason = "a PASID table is the space of all vPASIDs and is attached without one";
  return call.refuse("P019", "EINVAL", { device: device.name, space: space.name, reason }, [
    { origin: space.origin, note: `${space.name} was made here` },
  ]);
}

/** Who limits the vPASIDs of a device: its function, its IOMMU, or the virtual IOMMU of the guest. */
function narrowest(
  call: Call,
  device: Device,
  owner: Owner,
): { width: number; binding: string; origin: number } {
  const { iommus, devices } = call.machine.platform;
  const iommu = iommus[device.iommu]!;
  const wire = devices[device.wire]!;
  let found = { width: wire.pasidWidth, binding: wire.name, origin: wire.origin };
  if (iommu.pasidWidth < found.width) {
    found = { width: iommu.pasidWidth, binding: iommu.name, origin: iommu.origin };
  }
  if (owner.viommuPasidWidth !== undefined && owner.viommuPasidWidth < found.width) {
    const binding = `the virtual IOMMU of ${owner.name}`;
    found = { width: owner.viommuPasidWidth, binding, origin: owner.origin };
  }
  return found;
}

/** P005 EBUSY; when it is allowed, the attach replaces what was there, as iommufd's REPLACE does. */
function checkUnused(call: Call, space: Space, index: number, pasid: number): Refusal | undefined {
  const { machine } = call;
  const attachment = machine.device(index).attachments.get(pasid);
  if (!attachment) return undefined;
  const args = {
    device: deviceName(machine.platform, index),
    pasid,
    space: space.name,
    current: spaceName(machine, attachment.space),
  };
  return call.object("P005", "EBUSY", args, [
    { origin: attachment.origin, note: `vPASID ${pasid} was attached to ${args.current} here` },
  ]);
}

function install(call: Call, space: Space, index: number, pasid: number, chosen: ChosenPasid): void {
  const { machine } = call;
  const device = machine.platform.devices[index]!;
  const { physical, namespace } = chosen;
  machine.ownDevice(index).attachments.set(pasid, {
    pasid,
    physical,
    space: space.number,
    namespace,
    origin: call.origin,
  });
  addUser(machine, space.number, index);
  if (physical === undefined || namespace === "delegated") return;
  const held = device.category === 5 && machine.spaces.get(space.number)!.globalPasid !== undefined;
  if (namespace === "global" && !held) claimGlobal(machine, physical, device.name);
  if (device.category === 5) {
    const own = machine.ownSpace(space.number);
    own.globalPasid = physical;
    own.globalUsers += 1;
  }
  const entry = machine.device(device.wire).entries.get(physical);
  if (entry?.use === "attached" && entry.space === space.number) {
    machine.ownDevice(device.wire).entries.set(physical, { ...entry, users: entry.users + 1 });
  } else {
    const use = "attached";
    const fresh = { space: space.number, process: -1, use, device: index, pasid, namespace } as const;
    writeEntry(machine, device.wire, physical, { ...fresh, users: 1, origin: call.origin });
  }
}
