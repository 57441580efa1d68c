import type { Address } from "../../address/index.js";
import { deviceName, formatRid, qualifiedSpaceName } from "../describe.js";
import { type Fault, type FaultName, type FaultStage, iommuFault } from "../fault.js";
import type { Machine } from "../machine.js";
import { WRITE } from "../operation.js";
import { directoryReach, streamOf, vtdIndex } from "../pasid/entries.js";
import type { Device, Iommu, Origin } from "../platform.js";
import type { DeviceState } from "../state.js";
import type { Recorder } from "./recorder.js";

/** A request as the IOMMU sees it. */
export interface Request {
  /** Index of the device whose RID is on the wire. */
  readonly wire: number;
  /** PASID of the TLP; `undefined` for none. */
  readonly pasid: number | undefined;
  readonly address: Address;
  readonly access: number;
  readonly priv: boolean;
  /** Frames that the transfer goes on for, so that a run of leaves is walked once; 1 when left out. */
  readonly frames?: number;
}

/** What a (RID, PASID) leads to. */
export interface Routed {
  /** Space to walk; -1 for the page table of a host process. */
  readonly space: number;
  /** Native owner of the host process, for `space` -1. */
  readonly process: number;
  readonly origin: Origin;
}

/**
 * Looks a request up in the context entry and the PASID table of its RID: the kernel's on VT-d, the
 * guest's where the platform delegates it (domain.md 4.3, 4.5).
 * @returns where it leads, or the fault that hardware reports
 */
export function route(machine: Machine, request: Request, recorder?: Recorder): Routed | Fault {
  const device = machine.platform.devices[request.wire]!;
  const iommu = machine.platform.iommus[device.iommu]!;
  const state = machine.device(request.wire);
  const width = Math.min(device.pasidWidth, iommu.pasidWidth);
  const fail = (name: FaultName, stage: FaultStage) =>
    iommuFault(iommu, name, stage, request.address, (request.access & WRITE) !== 0);
  if (request.pasid !== undefined) {
    const reach = iommu.form === "vtd" ? directoryReach(width) : 2 ** width;
    if (request.pasid >= reach) return fail("pasid-too-big", "context");
  }
  recorder?.stage("context", contextText(device, iommu, width), device.origin);
  if (iommu.pasidTable === "guest" && (state.guestTable !== undefined || request.pasid !== undefined)) {
    return routeByGuest(machine, request, iommu, state, fail, recorder);
  }
  return routeByKernel(machine, request, iommu, state, fail, recorder);
}

function contextText(device: Device, iommu: Iommu, width: number): string {
  const pasid = width > 0 ? `PASID enabled, ${width} bits` : "PASID disabled";
  return `${iommu.name} finds the context of ${formatRid(device.rid)} (${device.name}): ${pasid}`;
}

function routeByKernel(
  machine: Machine,
  request: Request,
  iommu: Iommu,
  state: DeviceState,
  fail: (name: FaultName, stage: FaultStage) => Fault,
  recorder: Recorder | undefined,
): Routed | Fault {
  const slot = request.pasid ?? 0;
  const index = vtdIndex(slot);
  const named = request.pasid === undefined ? "no PASID, so slot 0" : `PASID ${slot}`;
  // The kernel allocates the first table when it probes the device, the others when an entry needs them.
  if (index.directory !== 0 && !state.directory.has(index.directory)) {
    recorder?.stage("pasid-directory", `${named}: directory entry ${index.directory} is not present`);
    return fail("no-pasid-entry", "pasid-directory");
  }
  if (iommu.form === "vtd") {
    recorder?.stage("pasid-directory", `${named}: directory entry ${index.directory} is present`);
  }
  const entry = state.entries.get(slot);
  if (!entry) {
    recorder?.stage("pasid-table", `${named}: table entry ${index.table} is not present`);
    return fail("no-pasid-entry", "pasid-table");
  }
  if (recorder) {
    const target =
      entry.space < 0
        ? `the process of ${machine.platform.owners[entry.process]!.name}`
        : qualifiedSpaceName(machine, entry.space);
    const by = deviceName(machine.platform, entry.device);
    recorder.stage(
      "pasid-table",
      `${named}: table entry ${index.table} leads to ${target}, for ${by}`,
      entry.origin,
    );
  }
  return entry;
}

/** The guest's table: entries may be cached from before an edit, until the PASID cache is invalidated. */
function routeByGuest(
  machine: Machine,
  request: Request,
  iommu: Iommu,
  state: DeviceState,
  fail: (name: FaultName, stage: FaultStage) => Fault,
  recorder: Recorder | undefined,
): Routed | Fault {
  const table = state.guestTable === undefined ? undefined : machine.spaces.get(state.guestTable);
  if (!table) {
    recorder?.stage("pasid-table", "no PASID table of the guest is bound to the RID");
    return fail("no-pasid-entry", "context");
  }
  if (request.pasid === undefined && iommu.noPasid === "terminate") {
    recorder?.stage("pasid-table", "requests without PASID are terminated", iommu.origin);
    return fail("no-pasid-terminated", "context");
  }
  if (request.pasid === undefined && iommu.noPasid === "bypass") {
    recorder?.stage("pasid-table", "requests without PASID bypass the first stage", iommu.origin);
    return { space: table.parent, process: -1, origin: table.origin };
  }
  const slot = request.pasid ?? 0;
  const cached = state.streams.get(streamOf(iommu, request.pasid));
  if (cached?.cached) {
    recorder?.stage("pasid-table", `entry ${slot} of ${table.name} comes from the PASID cache`, table.origin);
    return { space: cached.space, process: -1, origin: table.origin };
  }
  const entry = table.entries.get(slot);
  if (!entry) {
    recorder?.stage("pasid-table", `entry ${slot} of ${table.name} is not valid`, table.origin);
    return fail("no-pasid-entry", "pasid-table");
  }
  recorder?.stage(
    "pasid-table",
    `entry ${slot} of ${table.name} leads to ${qualifiedSpaceName(machine, entry.space)}`,
    entry.origin,
  );
  return entry.space < 0 ? fail("no-pasid-entry", "pasid-table") : { ...entry, process: -1 };
}
