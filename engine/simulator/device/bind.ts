import type { Call } from "../call.js";
import { exposesEnqcmd } from "../capability.js";
import { deviceName, ownerName, spaceName } from "../describe.js";
import { hasDefPasid, namespaceOf, pasidLimit, poolName, slicesOf } from "../pasid/pool.js";
import type { Device } from "../platform.js";
import type { Refusal } from "../refusal.js";

/** Whether the device is bound to this owner's fd. */
export function isBound(call: Call, device: number, owner: number): boolean {
  return call.machine.device(device).bound.some((bound) => bound.owner === owner);
}

/**
 * VFIO_BIND_IOASID_FD (RFC v1 §2, RFC v2 `VFIO_BIND_IOMMU_FD`): gives the device to the owner's fd.
 * @param single the version allows one fd per device (v1); else a second fd is legal (v2)
 * @param wholeGroup the first bind takes the whole IOMMU group (v2)
 * @returns C005 EBUSY, C008 EINVAL, P007 ENOSPC, P009 EOPNOTSUPP, P020 EBUSY, U027 EPERM, or nothing
 */
export function bind(
  call: Call,
  owner: number,
  index: number,
  { single, wholeGroup }: { single: boolean; wholeGroup: boolean },
): Refusal | undefined {
  const { machine } = call;
  const { platform } = machine;
  const device = platform.devices[index]!;
  const state = machine.device(index);
  const refusal =
    fitForUse(call, index, device) ??
    freeForOwner(call, owner, index, single) ??
    (wholeGroup ? groupIsFree(call, owner, index, device) : undefined) ??
    enqcmdClassesAgree(call, owner, device);
  if (refusal) return refusal;
  const own = machine.ownDevice(index);
  own.bound = [...state.bound, { owner, origin: call.origin }];
  const holder = machine.ownOwner(owner);
  holder.devices.set(index, true);
  const exposed = exposesEnqcmd(device);
  if (exposed) holder[exposed].set(index, true);
  return undefined;
}

function fitForUse(call: Call, index: number, device: Device): Refusal | undefined {
  const { platform } = call.machine;
  const children = device.kind === "pdev" ? slicesOf(platform, index) : [];
  if (children.length > 0) {
    const child = platform.devices[children[0]!]!;
    return call.refuse("C005", "EBUSY", { device: device.name, child: child.name }, [
      { origin: child.origin, note: `${child.name} is a slice of ${device.name}` },
    ]);
  }
  if (device.category === undefined) return call.refuse("C008", "EINVAL", { device: device.name });
  if (hasDefPasid(device) && call.machine.device(index).defPasid === undefined) {
    return call.refuse("P007", "ENOSPC", {
      device: device.name,
      pool: poolName(device, namespaceOf(platform, device)),
      limit: pasidLimit(platform, device),
    });
  }
  return undefined;
}

function freeForOwner(call: Call, owner: number, index: number, single: boolean): Refusal | undefined {
  const { platform } = call.machine;
  const { bound, entries } = call.machine.device(index);
  if (platform.devices[index]!.kind === "pdev") {
    for (const [, entry] of entries.entries()) {
      if (entry.use !== "sva") continue;
      const current = ownerName(platform, entry.process);
      const args = { device: deviceName(platform, index), owner: ownerName(platform, owner), current };
      const note = `${current} uses ${args.device} through its host driver`;
      const refusal = call.object("P020", "EBUSY", args, [{ origin: entry.origin, note }]);
      if (refusal) return refusal;
      break;
    }
  }
  const holder = bound.find((entry) => entry.owner === owner) ?? (single ? bound[0] : undefined);
  if (!holder) return undefined;
  const args = {
    device: deviceName(platform, index),
    owner: ownerName(platform, owner),
    current: ownerName(platform, holder.owner),
  };
  const related = [{ origin: holder.origin, note: `${args.device} was bound to ${args.current} here` }];
  // A second bind to the same fd has nothing to carry on with.
  return holder.owner === owner
    ? call.refuse("P020", "EBUSY", args, related)
    : call.object("P020", "EBUSY", args, related);
}

function groupIsFree(call: Call, owner: number, index: number, device: Device): Refusal | undefined {
  const { platform } = call.machine;
  const group = platform.groups[device.group]!;
  for (const member of group.members) {
    if (member === index) continue;
    const other = call.machine.device(member).bound.find((entry) => entry.owner !== owner);
    if (!other) continue;
    const args = {
      device: device.name,
      group: group.name ?? device.name,
      holder: ownerName(platform, other.owner),
      owner: ownerName(platform, owner),
    };
    const note = `${deviceName(platform, member)} of the same group was bound to ${args.holder} here`;
    return call.object("U027", "EPERM", args, [{ origin: other.origin, note }]);
  }
  return undefined;
}

/** G2 and G4: one guest's CPUs translate every ENQCMD or none, so the two classes cannot meet in it. */
function enqcmdClassesAgree(call: Call, owner: number, device: Device): Refusal | undefined {
  const { platform } = call.machine;
  const mine = exposesEnqcmd(device);
  if (!mine || platform.owners[owner]!.kind !== "guest") return undefined;
  const { plain, mediated } = call.machine.owner(owner);
  for (const [otherIndex] of (mine === "plain" ? mediated : plain).entries()) {
    const other = platform.devices[otherIndex]!;
    const bound = call.machine.device(otherIndex).bound.find((entry) => entry.owner === owner)!;
    return call.object(
      "P009",
      "EOPNOTSUPP",
      {
        owner: ownerName(platform, owner),
        device: device.name,
        plain: mine === "plain" ? device.name : other.name,
        mediated: mine === "mediated" ? device.name : other.name,
      },
      [{ origin: bound.origin, note: `${other.name} was given to ${ownerName(platform, owner)} here` }],
    );
  }
  return undefined;
}

/**
 * VFIO_UNBIND_IOASID_FD.
 * @returns U023 EINVAL when it is not bound to this owner, U022 EBUSY while spaces of the owner are attached
 */
export function unbind(call: Call, owner: number, index: number): Refusal | undefined {
  const { machine } = call;
  const { platform } = machine;
  const name = deviceName(platform, index);
  if (!isBound(call, index, owner)) {
    return call.refuse("U023", "EINVAL", { device: name, owner: ownerName(platform, owner) });
  }
  const spaces = new Map<number, number>();
  const state = machine.device(index);
  for (const entry of state.defaults) spaces.set(entry.space, entry.origin);
  for (const [, entry] of state.attachments.entries()) spaces.set(entry.space, entry.origin);
  const attached = [...spaces].filter(([space]) => machine.spaces.get(space)?.owner === owner);
  if (attached.length > 0) {
    const names = attached.map(([space]) => spaceName(machine, space)).join(", ");
    const related = attached.map(([space, origin]) => ({
      origin,
      note: `${name} was attached to ${spaceName(machine, space)} here`,
    }));
    return call.refuse("U022", "EBUSY", { device: name, spaces: names }, related);
  }
  const own = machine.ownDevice(index);
  own.bound = own.bound.filter((entry) => entry.owner !== owner);
  const holder = machine.ownOwner(owner);
  holder.devices.delete(index);
  holder.plain.delete(index);
  holder.mediated.delete(index);
  return undefined;
}
