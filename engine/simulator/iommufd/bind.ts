import type { Call } from "../call.js";
import type { Refusal } from "../refusal.js";
import { detach } from "./attach.js";
import { groupOf } from "./attach-rules.js";
import type { BoundDevice } from "./objects.js";
import { get, put, remove } from "./table.js";
import { destroyVdevice } from "./viommu.js";

/**
 * Binds a device to a context (`iommufd_device_bind`): from here on its DMA is blocked until it is attached.
 * The driver that bound it holds it, so IOMMU_DESTROY of its id answers EBUSY.
 * @param cells what the driver of its IOMMU keeps for it
 */
export function bindDevice(
  call: Call,
  owner: number,
  number: number,
  device: number,
  cells: readonly number[] = [],
): void {
  const { machine, origin } = call;
  const { name } = machine.platform.devices[device]!;
  machine.ownIommufd().bound.set(device, number);
  put(machine, { type: "device", number, name, owner, users: 1, origin, device, vdevice: undefined, cells });
}

/** Unbinds a device: what it is attached to it leaves, and its vDEVICE goes with it. */
export function unbindDevice(call: Call, device: BoundDevice): void {
  const { machine } = call;
  for (const pasid of pasidsOf(call, device)) detach(call, device, pasid);
  if (device.vdevice !== undefined) destroyVdevice(call, get(machine, device.vdevice, "vdevice"));
  machine.ownIommufd().bound.delete(device.device);
  remove(machine, device.number);
}

/** PASIDs at which a device is attached, ascending, 0 for its RID. */
export function pasidsOf({ machine }: Call, device: BoundDevice): number[] {
  const group = machine.iommufd.groups.get(groupOf(machine, device));
  return [...(group?.entries() ?? [])]
    .filter(([, attachment]) => attachment.devices.includes(device.number))
    .map(([pasid]) => pasid);
}

/**
 * The bound device behind a device of the platform.
 * @returns U144 ENOENT when it is bound to no context, or to that of another owner
 */
export function boundDevice(
  call: Call,
  owner: number,
  device: number,
  command: string,
): BoundDevice | Refusal {
  const { machine } = call;
  const number = machine.iommufd.bound.get(device);
  const found = number === undefined ? undefined : get(machine, number, "device");
  if (found?.owner === owner) return found;
  const { devices, owners } = machine.platform;
  const args = { device: devices[device]!.name, owner: owners[owner]!.name, call: command };
  const related = found
    ? [{ origin: found.origin, note: `it is bound to ${owners[found.owner]!.name} here` }]
    : [];
  return call.refuse("U144", "ENOENT", args, related);
}
