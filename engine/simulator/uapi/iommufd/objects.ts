import { add, formatRange, lengthOf, MAX_ADDRESS, type Range, subtract } from "../../../address/index.js";
import { type Call, isRefusal } from "../../call.js";
import {
  allocHwpt,
  allocVdevice,
  allocViommu,
  allowIovas,
  boundDevice,
  checkMapArguments,
  closeQueue,
  copy,
  createIoas,
  createQueue,
  type DriverData,
  destroy,
  driverOfIommu,
  FAULT_ID_VALID,
  find,
  findAny,
  get,
  invalidate,
  iovaRanges,
  MAP_FIXED,
  MAP_READABLE,
  MAP_WRITEABLE,
  mapUser,
  missing,
  NO_DATA,
  TYPE_WORDS,
  unmap,
} from "../../iommufd/index.js";
import { type NestedData, READ, WRITE } from "../../operation.js";
import type { Refusal } from "../../refusal.js";
import { resolveTarget } from "../../space/map.js";
import type { Answer, OperationOf } from "../door.js";

/** IOMMU_HWPT_DATA_ types by their words. */
const DATA_TYPES: Readonly<Record<NestedData, number>> = { "vtd-s1": 1, smmuv3: 2, amd: 3 };

/** IOMMU_VIOMMU_TYPE_ARM_SMMUV3, the only type of a vIOMMU that a VMM can ask for today. */
const VIOMMU_TYPE = 1;

export function makeIoas(call: Call, { owner, space, name }: OperationOf<"ioas">): Answer {
  createIoas(call, owner, space, name);
  return undefined;
}

export function makeQueue(call: Call, { owner, space, name }: OperationOf<"fault-queue">): Answer {
  createQueue(call, owner, space, name);
  return undefined;
}

export function makeHwpt(call: Call, operation: OperationOf<"hwpt">): Answer {
  const { owner, space: number, name, parent, queue } = operation;
  const device = boundDevice(call, owner, operation.device, "IOMMU_HWPT_ALLOC");
  if (isRefusal(device)) return device;
  return allocHwpt(call, {
    owner,
    number,
    name,
    device: device.number,
    pt: parent,
    flags: operation.flags | (queue === undefined ? 0 : FAULT_ID_VALID),
    data: dataOf(operation),
    fault: queue ?? -1,
  });
}

function dataOf({ data, at }: OperationOf<"hwpt">): DriverData {
  return data ? { type: DATA_TYPES[data], length: 16, fields: {}, ...(at && { at }) } : NO_DATA;
}

export function makeViommu(call: Call, operation: OperationOf<"viommu">): Answer {
  const { owner, space: number, name, parent: hwpt } = operation;
  const device = boundDevice(call, owner, operation.device, "IOMMU_VIOMMU_ALLOC");
  if (isRefusal(device)) return device;
  return allocViommu(call, { owner, number, name, device: device.number, hwpt, type: VIOMMU_TYPE, flags: 0 });
}

export function makeVdevice(call: Call, operation: OperationOf<"vdevice">): Answer {
  const { owner, space: number, name, parent: viommu, id: virtualId } = operation;
  const device = boundDevice(call, owner, operation.device, "IOMMU_VDEVICE_ALLOC");
  if (isRefusal(device)) return device;
  return allocVdevice(call, { owner, number, name, viommu, device: device.number, virtualId });
}

/** IOMMU_IOAS_MAP of a range at a fixed IOVA. */
export function mapRange(call: Call, operation: OperationOf<"map">): Answer {
  const { owner, space: number, range, target, access } = operation;
  const flags = flagsOf(access);
  const length = lengthOf(range) ?? MAX_ADDRESS;
  const refusal = checkMapArguments(call, "IOMMU_IOAS_MAP", flags, [range.start, length]);
  if (refusal) return refusal;
  const ioas = find(call, owner, number, "ioas", "IOMMU_IOAS_MAP");
  if (isRefusal(ioas)) return ioas;
  const start = resolveTarget(call, call.machine.spaces.get(number)!, target, range);
  return isRefusal(start) ? start : mapUser(call, ioas, flags, range.start, start, length);
}

function flagsOf(access: number): number {
  return MAP_FIXED | (access & READ ? MAP_READABLE : 0) | (access & WRITE ? MAP_WRITEABLE : 0);
}

/** IOMMU_IOAS_UNMAP; the whole space is (0, 2^64 - 1), which no empty IOAS refuses. */
export function unmapRange(call: Call, { owner, space, range }: OperationOf<"unmap">): Answer {
  const ioas = find(call, owner, space, "ioas", "IOMMU_IOAS_UNMAP");
  if (isRefusal(ioas)) return ioas;
  const bytes = unmap(call, ioas, range, lengthOf(range) === undefined);
  return isRefusal(bytes) ? bytes : { kind: "unmapped", bytes };
}

export function copyRange(call: Call, operation: OperationOf<"copy">): Answer {
  const { owner, space, range, destination, at, access } = operation;
  const command = "IOMMU_IOAS_COPY";
  const length = lengthOf(range) ?? MAX_ADDRESS;
  const refusal = checkMapArguments(call, command, flagsOf(access), [length, range.start, at]);
  if (refusal) return refusal;
  const source = find(call, owner, space, "ioas", command);
  if (isRefusal(source)) return source;
  const target = () => find(call, owner, destination, "ioas", command);
  const refused = copy(call, source, range.start, length, target, flagsOf(access), at);
  if (refused) return refused;
  const { areas } = get(call.machine, destination, "ioas");
  const landed = { start: at, last: add(at, subtract(range.last, range.start))! };
  const made = [...areas.entries(landed)].map(({ start, last, target }) => ({ start, last, target }));
  return { kind: "copied", owner, areas: made };
}

export function allow(call: Call, { owner, space, ranges }: OperationOf<"allow-iovas">): Answer {
  const ioas = find(call, owner, space, "ioas", "IOMMU_IOAS_ALLOW_IOVAS");
  return isRefusal(ioas) ? ioas : allowIovas(call, ioas, ranges);
}

/** IOMMU_DESTROY; the file of a fault queue, which keeps it, is closed before. */
export function destroyObject(call: Call, { owner, space: number }: OperationOf<"destroy">): Answer {
  const object = findAny(call.machine, owner, number);
  if (object?.type === "fault-queue" && object.open && object.users === 1) closeQueue(call, object);
  return destroy(call, owner, number);
}

/** IOMMU_HWPT_INVALIDATE with one entry of the type that the driver has, for a range or for everything. */
export function invalidateRange(call: Call, { owner, space, range }: OperationOf<"invalidate">): Answer {
  const { machine } = call;
  const object = findAny(machine, owner, space);
  const iommu = object && "iommu" in object ? object.iommu : undefined;
  const type = iommu === undefined ? 0 : driverOfIommu(machine, iommu).invalidation;
  return invalidate(call, owner, space, [{ type, fields: {}, ...(range && { range }) }]).refusal;
}

/** What the kernel tells of an object: usable IOVAs of an IOAS, and what other objects stand on. */
export function infoOf(call: Call, { owner, space: number }: OperationOf<"info-space">): Answer {
  const { machine } = call;
  const object = findAny(machine, owner, number);
  if (!object) return missing(call, "info", "an object", undefined);
  if (object.type !== "ioas")
    return { kind: "space-info", facts: [`${object.name} is ${TYPE_WORDS[object.type]}`] };
  const { ranges, alignment } = iovaRanges(object);
  const shown = ranges.map((range: Range) => formatRange(range)).join(", ");
  const tables = `${object.hwpts.length} page tables`;
  return { kind: "space-info", facts: [`IOVAs ${shown}`, `alignment ${alignment}`, tables] };
}

/** @returns U145 ENOTTY: no KVM of today has the call */
export function noKvm(call: Call, name: string): Refusal {
  return call.refuse("U145", "ENOTTY", { call: name });
}
