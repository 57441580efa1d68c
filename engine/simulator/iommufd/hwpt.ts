import { formatRange, subtract } from "../../address/index.js";
import type { Call } from "../call.js";
import { AUTO_TABLE } from "../describe.js";
import type { Refusal } from "../refusal.js";
import { createSpace } from "../space/create.js";
import { removeSpace } from "../space/remove.js";
import {
  DIRTY_TRACKING,
  type DriverData,
  FAULT_ID_VALID,
  NEST_PARENT,
  type NestedDomain,
  NO_DATA,
  PASID,
} from "./driver.js";
import { driverOf, driverOfIommu } from "./drivers/index.js";
import { checkPinnable, hex } from "./map.js";
import type { BoundDevice, Hwpt, HwptNested, HwptPaging, Ioas, Viommu } from "./objects.js";
import {
  alignmentOf,
  checkAreasAlignment,
  checkReservation,
  holderOf,
  outsideAperture,
} from "./range-rules.js";
import { find, findAny, get, hold, put, remove, TYPE_WORDS } from "./table.js";
import { fillTable } from "./tables.js";

/** One IOMMU_HWPT_ALLOC. */
export interface HwptRequest {
  readonly owner: number;
  readonly number: number;
  readonly name: string;
  /** Number of the bound device. */
  readonly device: number;
  /** Number of the IOAS, the paging HWPT or the vIOMMU. */
  readonly pt: number;
  readonly flags: number;
  readonly data: DriverData;
  readonly fault: number;
}

/** IOMMU_HWPT_DIRTY_TRACKING_ENABLE. */
const DIRTY_ENABLE = 1;

const COMMAND = "IOMMU_HWPT_ALLOC";

/**
 * IOMMU_HWPT_ALLOC (`iommufd_hwpt_alloc`): a paging HWPT on an IOAS, or a nested one on a paging HWPT or a
 * vIOMMU, in the order in which the kernel asks.
 * @returns U122 EINVAL, U102 ENOENT for the device, U123 EINVAL for what it stands on, then what the kind of
 *   table refuses, and U102 ENOENT for the fault queue last
 */
export function allocHwpt(call: Call, request: HwptRequest): Refusal | undefined {
  const { machine } = call;
  const { owner, flags, data } = request;
  if ((data.type === 0) !== (data.length === 0)) {
    const reason = data.type === 0 ? "it has data of no type" : "its type needs data";
    return call.refuse("U122", "EINVAL", { hwpt: request.name, reason });
  }
  const device = find(call, owner, request.device, "device", COMMAND);
  if ("rule" in device) return device;
  const pt = findAny(machine, owner, request.pt);
  switch (pt?.type) {
    case "ioas": {
      const hwpt = preparePaging(call, pt, device, request);
      if ("rule" in hwpt) return hwpt;
      const refusal = checkTable(call, pt, hwpt) ?? checkQueue(call, request);
      if (refusal) return refusal;
      addPaging(call, { ...hwpt, fault: queueOf(flags, request.fault) });
      return undefined;
    }
    case "hwpt-paging":
    case "viommu": {
      const hwpt = prepareNested(call, pt, device, request);
      if ("rule" in hwpt) return hwpt;
      const queue = checkQueue(call, request);
      if (queue) return queue;
      addNested(call, { ...hwpt.hwpt, fault: queueOf(flags, request.fault) }, hwpt.domain);
      return undefined;
    }
    default: {
      const what = pt ? `${pt.name} is ${TYPE_WORDS[pt.type]}` : "there is no such object";
      return call.refuse("U123", "EINVAL", { hwpt: request.name, reason: what });
    }
  }
}

function queueOf(flags: number, fault: number): number | undefined {
  return (flags & FAULT_ID_VALID) === 0 ? undefined : fault;
}

function checkQueue(call: Call, { owner, flags, fault }: HwptRequest): Refusal | undefined {
  if ((flags & FAULT_ID_VALID) === 0) return undefined;
  const queue = find(call, owner, fault, "fault-queue", COMMAND);
  return "rule" in queue ? queue : undefined;
}

/**
 * A paging HWPT as the driver makes it (`iommufd_hwpt_paging_alloc`); nothing is written, and the IOAS has
 * not been asked whether it can fill it.
 * @returns U121 EOPNOTSUPP, and what the driver refuses
 */
function preparePaging(
  call: Call,
  ioas: Ioas,
  device: BoundDevice,
  request: HwptRequest,
): HwptPaging | Refusal {
  const { flags } = request;
  const driver = driverOf(call.machine, device.device);
  const unsupported = (reason: string) =>
    call.refuse("U121", "EOPNOTSUPP", { hwpt: request.name, flags: hex(flags), reason });
  if ((flags & ~(NEST_PARENT | DIRTY_TRACKING | FAULT_ID_VALID | PASID)) !== 0) {
    return unsupported("the kernel knows only NEST_PARENT, DIRTY_TRACKING, FAULT_ID_VALID and PASID");
  }
  if ((flags & DIRTY_TRACKING) !== 0 && !driver.tracksDirty(call, device.device)) {
    return unsupported(`the IOMMU of ${device.name} cannot track dirty pages`);
  }
  if ((flags & FAULT_ID_VALID) !== 0 && (flags & NEST_PARENT) !== 0) {
    return unsupported("a nesting parent takes no fault queue: page requests go to the nested table");
  }
  const domain = driver.allocPaging(call, { device, flags: flags & ~FAULT_ID_VALID, data: request.data });
  if ("rule" in domain) return domain;
  return {
    type: "hwpt-paging",
    number: request.number,
    name: request.name,
    owner: request.owner,
    users: 0,
    origin: call.origin,
    pasid: (flags & PASID) !== 0,
    fault: undefined,
    iommu: call.machine.platform.devices[device.device]!.iommu,
    cells: [],
    ioas: ioas.number,
    auto: false,
    nestParent: (flags & NEST_PARENT) !== 0,
    dirty: (flags & DIRTY_TRACKING) !== 0,
    domain,
  };
}

/**
 * Whether an IOAS can fill a page table (`iopt_table_add_domain`).
 * @returns U119 and U118 EADDRINUSE, U110 EFAULT
 */
export function checkTable(call: Call, ioas: Ioas, hwpt: HwptPaging): Refusal | undefined {
  const by = hwpt.auto ? hwpt.name : `the page table ${hwpt.name}`;
  const alignment = checkAreasAlignment(call, ioas, hwpt.domain.pageSize, by);
  if (alignment) return alignment;
  for (const range of outsideAperture(hwpt)) {
    const refusal = checkReservation(
      call,
      ioas,
      range,
      `${by}, which translates ${formatRange(hwpt.domain.aperture)}`,
    );
    if (refusal) return refusal;
  }
  // With a page table there already, every area has been pinned.
  if (ioas.hwpts.length > 0) return undefined;
  for (const area of ioas.areas.entries()) {
    const refusal = checkPinnable(call, ioas, area.target, subtract(area.last, area.start));
    if (refusal) return refusal;
  }
  return undefined;
}

/** Puts a checked paging HWPT into its IOAS, filled with what is mapped there. */
export function addPaging(call: Call, hwpt: HwptPaging): void {
  const { machine } = call;
  const ioas = get(machine, hwpt.ioas, "ioas");
  const changed: Ioas = {
    ...ioas,
    users: ioas.users + 1,
    hwpts: [...ioas.hwpts, hwpt.number],
    reserved: [...ioas.reserved, ...outsideAperture(hwpt)],
    alignment: Math.max(ioas.alignment, hwpt.domain.pageSize),
  };
  put(machine, changed);
  put(machine, hwpt);
  if (hwpt.fault !== undefined) hold(machine, hwpt.fault, 1);
  createSpace(call, { ...hwpt, parent: -1, kind: "root", table: undefined });
  machine.ownSpace(hwpt.number).ranges = ioas.areas;
  for (const area of ioas.areas.entries()) fillTable(machine, hwpt, area);
}

/**
 * The page table that an attach to an IOAS makes (`iommufd_device_auto_get_domain`): no flags, no data, and
 * gone with its last user. Nothing is written.
 */
export function prepareAuto(
  call: Call,
  ioas: Ioas,
  device: BoundDevice,
  number: number,
): HwptPaging | Refusal {
  const name = `${AUTO_TABLE}${ioas.name} for ${device.name}`;
  const request = { owner: ioas.owner, number, name, device: device.number, pt: ioas.number };
  const hwpt = preparePaging(call, ioas, device, { ...request, flags: 0, data: NO_DATA, fault: -1 });
  return "rule" in hwpt ? hwpt : { ...hwpt, auto: true };
}

interface PreparedNested {
  readonly hwpt: HwptNested;
  readonly domain: NestedDomain;
}

function prepareNested(
  call: Call,
  on: HwptPaging | Viommu,
  device: BoundDevice,
  request: HwptRequest,
): PreparedNested | Refusal {
  const { machine } = call;
  const { flags, data } = request;
  const driver = driverOf(machine, device.device);
  const viommu = on.type === "viommu" ? on : undefined;
  const refuse = (reason: string) => call.refuse("U123", "EINVAL", { hwpt: request.name, reason });
  if (viommu && viommu.iommu !== machine.platform.devices[device.device]!.iommu) {
    return refuse(`${viommu.name} is a slice of another IOMMU than that of ${device.name}`);
  }
  const unsupported = (reason: string) =>
    call.refuse("U121", "EOPNOTSUPP", { hwpt: request.name, flags: hex(flags), reason });
  if ((flags & ~(FAULT_ID_VALID | PASID)) !== 0) {
    return unsupported("a nested table takes FAULT_ID_VALID and PASID only");
  }
  if (data.length === 0) return unsupported("a nested table needs data of its driver");
  const parent = on.type === "viommu" ? get(machine, on.hwpt, "hwpt-paging") : on;
  if (!viommu) {
    if (parent.auto) return refuse(`${parent.name} was made by an attach and cannot be a parent`);
    if (!parent.nestParent) return refuse(`${parent.name} was not made with NEST_PARENT`);
    if (driverOfIommu(machine, parent.iommu) !== driver)
      return refuse(`${parent.name} is a table of another IOMMU driver`);
  }
  const domain = driver.allocNested(call, { device, flags: flags & ~FAULT_ID_VALID, data, parent, viommu });
  if ("rule" in domain) return domain;
  const hwpt: HwptNested = {
    type: "hwpt-nested",
    number: request.number,
    name: request.name,
    owner: request.owner,
    users: 0,
    origin: call.origin,
    pasid: (flags & PASID) !== 0,
    fault: undefined,
    iommu: call.machine.platform.devices[device.device]!.iommu,
    cells: domain.cells,
    parent: parent.number,
    viommu: viommu?.number,
  };
  return { hwpt, domain };
}

function addNested(call: Call, hwpt: HwptNested, domain: NestedDomain): void {
  const { machine } = call;
  put(machine, hwpt);
  hold(machine, hwpt.viommu ?? hwpt.parent, 1);
  if (hwpt.fault !== undefined) hold(machine, hwpt.fault, 1);
  createSpace(call, { ...hwpt, parent: hwpt.parent, kind: domain.table.kind, table: domain.table });
}

/** The kernel-managed table of an HWPT: itself, or the second stage of a nested one. */
export function pagingOf(call: Call, hwpt: Hwpt): HwptPaging {
  return hwpt.type === "hwpt-paging" ? hwpt : get(call.machine, hwpt.parent, "hwpt-paging");
}

/** Takes an HWPT that nobody uses away, and what it reserved in its IOAS. */
export function destroyHwpt(call: Call, hwpt: Hwpt): void {
  const { machine } = call;
  if (hwpt.fault !== undefined) hold(machine, hwpt.fault, -1);
  remove(machine, hwpt.number);
  const { kind, entries } = machine.spaces.get(hwpt.number)!;
  // The page table that entry 0 of a guest's PASID table leads to is no object of its own.
  const first = kind === "pasid-table" ? entries.get(0)?.space : undefined;
  if (first !== undefined && !machine.iommufd.objects.has(first)) removeSpace(machine, first);
  removeSpace(machine, hwpt.number);
  if (hwpt.type === "hwpt-nested") {
    hold(machine, hwpt.viommu ?? hwpt.parent, -1);
    return;
  }
  const ioas = get(machine, hwpt.ioas, "ioas");
  const changed: Ioas = {
    ...ioas,
    users: ioas.users - 1,
    hwpts: ioas.hwpts.filter((number) => number !== hwpt.number),
    reserved: ioas.reserved.filter(({ holder }) => holder !== holderOf(hwpt.number)),
  };
  put(machine, { ...changed, alignment: alignmentOf(machine, changed) });
}

/**
 * IOMMU_HWPT_SET_DIRTY_TRACKING.
 * @returns U101 EOPNOTSUPP, U102 ENOENT, U142 EOPNOTSUPP for a table made without DIRTY_TRACKING
 */
export function setDirtyTracking(
  call: Call,
  owner: number,
  number: number,
  flags: number,
): Refusal | undefined {
  const command = "IOMMU_HWPT_SET_DIRTY_TRACKING";
  const unknown = (flags & ~DIRTY_ENABLE) >>> 0;
  if (unknown !== 0) return call.refuse("U101", "EOPNOTSUPP", { call: command, flags: hex(unknown) });
  const hwpt = find(call, owner, number, "hwpt-paging", command);
  if ("rule" in hwpt) return hwpt;
  if (!hwpt.dirty) {
    const note = `${hwpt.name} was made here`;
    return call.refuse("U142", "EOPNOTSUPP", { hwpt: hwpt.name }, [{ origin: hwpt.origin, note }]);
  }
  return undefined;
}
