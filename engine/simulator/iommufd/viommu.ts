import { type Address, equal, toHex } from "../../address/index.js";
import type { Call } from "../call.js";
import type { Refusal } from "../refusal.js";
import { driverOf } from "./drivers/index.js";
import { hex } from "./map.js";
import type { BoundDevice, Vdevice, Viommu } from "./objects.js";
import { find, get, hold, put, remove } from "./table.js";

/** One IOMMU_VIOMMU_ALLOC. */
export interface ViommuRequest {
  readonly owner: number;
  readonly number: number;
  readonly name: string;
  readonly device: number;
  readonly hwpt: number;
  readonly type: number;
  readonly flags: number;
}

/**
 * IOMMU_VIOMMU_ALLOC (`iommufd_viommu_alloc_ioctl`).
 * @returns U101 EOPNOTSUPP, U102 ENOENT, U137 EOPNOTSUPP for a type that the driver has not, U138 EINVAL on a
 *   page table without NEST_PARENT
 */
export function allocViommu(call: Call, request: ViommuRequest): Refusal | undefined {
  const { machine } = call;
  const command = "IOMMU_VIOMMU_ALLOC";
  const { owner, type, flags, name } = request;
  if (flags !== 0) return call.refuse("U101", "EOPNOTSUPP", { call: command, flags: hex(flags) });
  if (type === 0)
    return call.refuse("U137", "EOPNOTSUPP", { viommu: name, type: hex(type), device: undefined });
  const device = find(call, owner, request.device, "device", command);
  if ("rule" in device) return device;
  if (!driverOf(machine, device.device).hasViommu(call, device, type)) {
    return call.refuse("U137", "EOPNOTSUPP", { viommu: name, type: hex(type), device: device.name });
  }
  const hwpt = find(call, owner, request.hwpt, "hwpt-paging", command);
  if ("rule" in hwpt) return hwpt;
  if (!hwpt.nestParent) {
    const note = `${hwpt.name} was made here`;
    return call.refuse("U138", "EINVAL", { viommu: name, hwpt: hwpt.name }, [{ origin: hwpt.origin, note }]);
  }
  hold(machine, hwpt.number, 1);
  put(machine, {
    type: "viommu",
    number: request.number,
    name,
    owner,
    users: 0,
    origin: call.origin,
    hwpt: hwpt.number,
    iommu: machine.platform.devices[device.device]!.iommu,
    vdevices: [],
  });
  return undefined;
}

/** One IOMMU_VDEVICE_ALLOC. */
export interface VdeviceRequest {
  readonly owner: number;
  readonly number: number;
  readonly name: string;
  readonly viommu: number;
  readonly device: number;
  readonly virtualId: Address;
}

/**
 * IOMMU_VDEVICE_ALLOC (`iommufd_vdevice_alloc_ioctl`).
 * @returns U102 ENOENT, U140 EINVAL for a device behind another IOMMU, U139 EEXIST for a device that has one
 *   or an id that is taken
 */
export function allocVdevice(call: Call, request: VdeviceRequest): Refusal | undefined {
  const { machine } = call;
  const command = "IOMMU_VDEVICE_ALLOC";
  const viommu = find(call, request.owner, request.viommu, "viommu", command);
  if ("rule" in viommu) return viommu;
  const device = find(call, request.owner, request.device, "device", command);
  if ("rule" in device) return device;
  if (machine.platform.devices[device.device]!.iommu !== viommu.iommu) {
    return call.refuse("U140", "EINVAL", { viommu: viommu.name, device: device.name });
  }
  const taken = takenBy(call, viommu, device, request.virtualId);
  if (taken) {
    const reason = taken.device === device.number ? `${device.name} is ${taken.name} already` : undefined;
    const args = {
      vdevice: request.name,
      reason: reason ?? `the id ${toHex(request.virtualId)} of ${viommu.name} is that of ${taken.name}`,
    };
    return call.refuse("U139", "EEXIST", args, [
      { origin: taken.origin, note: `${taken.name} was made here` },
    ]);
  }
  put(machine, { ...viommu, users: viommu.users + 1, vdevices: [...viommu.vdevices, request.number] });
  put(machine, { ...device, vdevice: request.number });
  put(machine, {
    type: "vdevice",
    number: request.number,
    name: request.name,
    owner: request.owner,
    users: 0,
    origin: call.origin,
    viommu: viommu.number,
    device: device.number,
    virtualId: request.virtualId,
  });
  return undefined;
}

/** The vDEVICE that is in the way of a new one. */
function takenBy(call: Call, viommu: Viommu, device: BoundDevice, id: Address): Vdevice | undefined {
  if (device.vdevice !== undefined) return get(call.machine, device.vdevice, "vdevice");
  return viommu.vdevices
    .map((number) => get(call.machine, number, "vdevice"))
    .find(({ virtualId }) => equal(virtualId, id));
}

/** The device that a guest knows under an id, if there is one. */
export function deviceOfId(call: Call, viommu: Viommu, id: number): BoundDevice | undefined {
  for (const number of viommu.vdevices) {
    const { virtualId, device } = get(call.machine, number, "vdevice");
    if (virtualId.page * 4096 + virtualId.offset === id) return get(call.machine, device, "device");
  }
  return undefined;
}

/** Takes a vDEVICE out of its vIOMMU and from its device. */
export function destroyVdevice(call: Call, vdevice: Vdevice): void {
  const { machine } = call;
  const viommu = get(machine, vdevice.viommu, "viommu");
  const vdevices = viommu.vdevices.filter((number) => number !== vdevice.number);
  put(machine, { ...viommu, users: viommu.users - 1, vdevices });
  put(machine, { ...get(machine, vdevice.device, "device"), vdevice: undefined });
  remove(machine, vdevice.number);
}
