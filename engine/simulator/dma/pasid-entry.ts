import { type Address, toHex } from "../../address/index.js";
import { deviceName, formatRid, qualifiedSpaceName } from "../describe.js";
import { type Fault, type FaultName, type FaultStage, iommuFault } from "../fault.js";
import type { Machine } from "../machine.js";
import { READ, WRITE } from "../operation.js";
import { streamOf, tableReach, vtdIndex } from "../pasid/entries.js";
import type { Iommu, Origin } from "../platform.js";
import type { DeviceState, Space } from "../state.js";
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

/** One lookup under way: what every step of it needs to know, and how it fails. */
interface Lookup {
  readonly machine: Machine;
  readonly request: Request;
  readonly iommu: Iommu;
  readonly state: DeviceState;
  readonly recorder: Recorder | undefined;
  readonly fail: (name: FaultName, stage: FaultStage, address?: Address) => Fault;
}

/**
 * Looks a request up in the context entry and the PASID table of its RID: the kernel's, or the guest's where
 * one is bound (domain.md 4.3, 4.5). A RID that the kernel shares among slices keeps the kernel's (N3).
 * @returns where it leads, or the fault that hardware reports
 */
export function route(machine: Machine, request: Request, recorder?: Recorder): Routed | Fault {
  const device = machine.platform.devices[request.wire]!;
  const iommu = machine.platform.iommus[device.iommu]!;
  const state = machine.device(request.wire);
  const width = Math.min(device.pasidWidth, iommu.pasidWidth);
  const fail = (name: FaultName, stage: FaultStage, address = request.address) =>
    iommuFault(iommu, name, stage, address, (request.access & WRITE) !== 0);
  const reach = tableReach(device, iommu);
  const found = `${iommu.name} finds the context of ${formatRid(device.rid)} (${device.name})`;
  if (request.pasid !== undefined && request.pasid >= reach) {
    recorder?.stage(
      "context",
      `${found}: PASID ${request.pasid} is past the ${reach} that its table holds`,
      device.origin,
    );
    return fail("pasid-too-big", "context");
  }
  recorder?.stage(
    "context",
    `${found}: ${width > 0 ? `PASID enabled, ${width} bits` : "PASID disabled"}`,
    device.origin,
  );
  const lookup: Lookup = { machine, request, iommu, state, recorder, fail };
  return state.guestTable === undefined ? routeByKernel(lookup) : routeByGuest(lookup, state.guestTable);
}

function routeByKernel({ machine, request, iommu, state, recorder, fail }: Lookup): Routed | Fault {
  const slot = request.pasid ?? 0;
  const index = vtdIndex(slot);
  const named = request.pasid === undefined ? "no PASID, so slot 0" : `PASID ${slot}`;
  const vtd = iommu.form === "vtd";
  // The kernel allocates the first table when it probes the device, the others when an entry needs them.
  const present = index.directory === 0 || state.directory.has(index.directory);
  if (vtd) {
    const text = `${named}: directory entry ${index.directory} is ${present ? "" : "not "}present`;
    recorder?.stage("pasid-directory", present ? text : `${text}; ${wanted(machine, request)}`, undefined, {
      index: index.directory,
    });
  }
  if (!present && vtd) return fail("no-pasid-entry", "pasid-directory");
  const entry = state.entries.get(slot);
  const at = { index: vtd ? index.table : slot };
  if (!entry) {
    const text = `${named}: table entry ${at.index} is not present; ${wanted(machine, request)}`;
    recorder?.stage("pasid-table", text, undefined, at);
    return fail("no-pasid-entry", "pasid-table");
  }
  if (recorder) {
    const target =
      entry.space < 0
        ? `the process of ${machine.platform.owners[entry.process]!.name}`
        : qualifiedSpaceName(machine, entry.space);
    const by = deviceName(machine.platform, entry.device);
    const text = `${named}: table entry ${at.index} leads to ${target}, for ${by}`;
    recorder.stage("pasid-table", text, entry.origin, at);
  }
  return entry;
}

/** What would have put an entry there. */
function wanted(machine: Machine, { wire, pasid }: Request): string {
  const name = deviceName(machine.platform, wire);
  return pasid === undefined || pasid === 0
    ? `attaching ${name} to a space would write it`
    : `no attach on ${name} has written PASID ${pasid}`;
}

/** The guest's table: entries may be cached from before an edit, until the PASID cache is invalidated. */
function routeByGuest(lookup: Lookup, number: number): Routed | Fault {
  const { machine, request, iommu, state, recorder, fail } = lookup;
  const table = machine.spaces.get(number)!;
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
    const text = `entry ${slot} of ${table.name} comes from the PASID cache`;
    recorder?.stage("pasid-table", text, table.origin, { index: slot });
    return { space: cached.space, process: -1, origin: table.origin };
  }
  const { at } = table.table ?? {};
  if (at && !readTable(machine, table, at, "PASID table", recorder)) {
    return fail("table-not-mapped", "nested", at);
  }
  const entry = table.entries.get(slot);
  if (!entry) {
    const text = `entry ${slot} of ${table.name} is not valid; the guest has to write it`;
    recorder?.stage("pasid-table", text, table.origin, { index: slot });
    return fail("no-pasid-entry", "pasid-table");
  }
  const text = `entry ${slot} of ${table.name} leads to ${qualifiedSpaceName(machine, entry.space)}`;
  recorder?.stage("pasid-table", text, entry.origin, { index: slot });
  return { ...entry, process: -1 };
}

/**
 * Whether the IOMMU can read a table of the guest: its address passes the second stage, which is the parent.
 * @param at address of the table in the parent
 */
export function readTable(
  machine: Machine,
  table: Space,
  at: Address,
  what: string,
  recorder?: Recorder,
): boolean {
  const parent = machine.spaces.get(table.parent);
  const leaf = machine.translation.parentLeaf;
  const readable = parent?.pages.lookup(at.page, leaf) === true && (leaf.access & READ) !== 0;
  if (recorder) {
    const through = parent?.name ?? "the parent";
    const text = readable
      ? `the ${what} at ${toHex(at)} is readable through ${through}`
      : `the ${what} at ${toHex(at)} is not readable through ${through}; map it there`;
    recorder.stage("table", text, readable ? leaf.origin : table.origin);
  }
  return readable;
}
