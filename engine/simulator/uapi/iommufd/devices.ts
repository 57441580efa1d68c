import { type Call, isRefusal } from "../../call.js";
import { ownerName } from "../../describe.js";
import {
  attach,
  type BoundDevice,
  bindDevice,
  boundDevice,
  createAccess,
  destroyAccess,
  detach,
  drawNumber,
  find,
  get,
  type Hwpt,
  replace,
  replaceAccess,
  unbindDevice,
} from "../../iommufd/index.js";
import type { AttachedTable } from "../../outcome.js";
import type { Device } from "../../platform.js";
import type { Refusal } from "../../refusal.js";
import type { Answer, OperationOf } from "../door.js";

/**
 * VFIO_DEVICE_BIND_IOMMUFD: the device gets an id in the context, and its whole group belongs to the owner.
 * @returns C005 EBUSY, C008 EINVAL, U147 EINVAL, U027 EPERM
 */
export function bind(call: Call, { owner, device: index }: OperationOf<"bind">): Answer {
  const { machine } = call;
  const refusal = checkBind(call, owner, index);
  if (refusal) return refusal;
  bindDevice(call, owner, drawNumber(machine), index);
  const state = machine.ownDevice(index);
  state.bound = [{ owner, origin: call.origin }];
  machine.ownOwner(owner).devices.set(index, true);
  return undefined;
}

function checkBind(call: Call, owner: number, index: number): Refusal | undefined {
  const { machine } = call;
  const { platform } = machine;
  const device = platform.devices[index]!;
  const slice = platform.devices.find(({ kind, wire }) => kind === "mdev" && wire === index);
  if (slice && device.kind === "pdev") {
    return call.refuse("C005", "EBUSY", { device: device.name, child: slice.name }, [
      { origin: slice.origin, note: `${slice.name} is a slice of ${device.name}` },
    ]);
  }
  if (device.category === undefined) return call.refuse("C008", "EINVAL", { device: device.name });
  const [holder] = machine.device(index).bound;
  if (holder) {
    const args = {
      device: device.name,
      owner: ownerName(platform, owner),
      current: ownerName(platform, holder.owner),
    };
    const note = `${device.name} was bound to ${args.current} here`;
    return call.refuse("U147", "EINVAL", args, [{ origin: holder.origin, note }]);
  }
  return checkGroup(call, owner, device);
}

function checkGroup(call: Call, owner: number, device: Device): Refusal | undefined {
  const { machine } = call;
  const { platform } = machine;
  const group = platform.groups[device.group]!;
  for (const member of group.members) {
    const [holder] = machine.device(member).bound;
    if (!holder || holder.owner === owner) continue;
    const args = {
      device: device.name,
      group: group.name ?? device.name,
      holder: ownerName(platform, holder.owner),
      owner: ownerName(platform, owner),
    };
    const note = `${platform.devices[member]!.name} of the same group was bound to ${args.holder} here`;
    return call.refuse("U027", "EPERM", args, [{ origin: holder.origin, note }]);
  }
  return undefined;
}

/** Closing the device's file: it leaves everything that it is attached to, and the context. */
export function unbind(call: Call, { owner, device: index }: OperationOf<"unbind">): Answer {
  const { machine } = call;
  const device = boundDevice(call, owner, index, "unbind");
  if (isRefusal(device)) return device;
  const access = accessOf(call, device);
  if (access !== undefined) leaveAccess(call, device, access);
  unbindDevice(call, device);
  machine.ownDevice(index).bound = [];
  machine.ownOwner(owner).devices.delete(index);
  return undefined;
}

/** The largest number that VFIO can note as attached, in an `ida` of the kernel: 2^31 - 1. */
const MAX_IDA = 2 ** 31 - 1;

type Attach = OperationOf<"attach"> | OperationOf<"replace">;

/**
 * VFIO_DEVICE_ATTACH_IOMMUFD_PT, with or without the PASID flag. VFIO notes a PASID before it asks iommufd.
 * @returns U144 ENOENT, U146 EOPNOTSUPP, U149 ENOSPC, and what the attach or replace of iommufd refuses
 */
export function attachDevice(call: Call, operation: Attach): Answer {
  const { machine } = call;
  const { owner, device: index, space, pasid } = operation;
  const device = boundDevice(call, owner, index, operation.kind);
  if (isRefusal(device)) return device;
  const { category, rid, kind, name } = machine.platform.devices[index]!;
  if (category === 1) return softwareAttach(call, device, space);
  if (kind === "mdev" && category !== undefined && (pasid ?? 0) === 0) {
    return call.refuse("U146", "EOPNOTSUPP", { device: name, category });
  }
  if (pasid !== undefined && pasid > MAX_IDA) return call.refuse("U149", "ENOSPC", { device: name, pasid });
  const change = operation.kind === "replace" ? replace : attach;
  const answer = change(call, device, pasid ?? 0, space);
  if (typeof answer !== "number") return answer;
  if (kind === "mdev") keepDefault(call, index, answer, pasid ?? 0);
  const namespace = pasid === undefined ? "none" : "rid";
  const table = tableOf(call, answer);
  return { kind: "attachment", rid, pasid, physical: pasid, namespace, table };
}

function tableOf({ machine, origin }: Call, number: number): AttachedTable {
  const hwpt = machine.iommufd.objects.get(number) as Hwpt;
  const auto = hwpt.type === "hwpt-paging" && hwpt.auto;
  return { number, name: hwpt.name, auto, made: auto && hwpt.origin === origin };
}

/** A slice sends what its guest gave no PASID with the PASID of its first attach. */
function keepDefault(call: Call, index: number, hwpt: number, pasid: number): void {
  const state = call.machine.ownDevice(index);
  const isDefault = state.defPasid === undefined || state.defPasid === pasid;
  if (!isDefault) return;
  state.defPasid = pasid;
  state.defaults = [{ space: hwpt, origin: call.origin }];
}

/** A slice in software reads memory through an access to the IOAS; no page table is involved. */
function softwareAttach(call: Call, device: BoundDevice, space: number): Answer {
  const { machine } = call;
  const ioas = find(call, device.owner, space, "ioas", "attach");
  if (isRefusal(ioas)) return ioas;
  const access = accessOf(call, device);
  const request = {
    owner: device.owner,
    number: drawNumber(machine),
    name: `the access of ${device.name}`,
    pins: true,
  };
  const refusal =
    access === undefined
      ? createAccess(call, request, ioas)
      : replaceAccess(call, get(machine, access, "access"), ioas);
  if (refusal) return refusal;
  if (access === undefined) machine.ownIommufd().accesses.set(device.number, request.number);
  machine.ownDevice(device.device).defaults = [{ space, origin: call.origin }];
  return {
    kind: "attachment",
    rid: device.device,
    pasid: undefined,
    physical: undefined,
    namespace: "software",
  };
}

function accessOf({ machine }: Call, device: BoundDevice): number | undefined {
  return machine.iommufd.accesses.get(device.number);
}

function leaveAccess(call: Call, device: BoundDevice, access: number): void {
  const { machine } = call;
  destroyAccess(call, get(machine, access, "access"));
  machine.ownIommufd().accesses.delete(device.number);
  machine.ownDevice(device.device).defaults = [];
}

/** VFIO_DEVICE_DETACH_IOMMUFD_PT; where nothing is attached it succeeds all the same. */
export function detachDevice(call: Call, { owner, device: index, pasid }: OperationOf<"detach">): Answer {
  const { machine } = call;
  const device = boundDevice(call, owner, index, "detach");
  if (isRefusal(device)) return device;
  const access = accessOf(call, device);
  if (access !== undefined) {
    leaveAccess(call, device, access);
    return undefined;
  }
  detach(call, device, pasid ?? 0);
  if (pasid === undefined || machine.device(index).defPasid !== pasid) return undefined;
  const state = machine.ownDevice(index);
  state.defPasid = undefined;
  state.defaults = [];
  return undefined;
}
