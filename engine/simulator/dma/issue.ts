import { type Address, compare, type Range, toHex } from "../../address/index.js";
import type { Call } from "../call.js";
import { deviceName, ownerName, qualifiedSpaceName } from "../describe.js";
import { registeredDefault } from "../device/relations.js";
import { type Fault, softwareFault } from "../fault.js";
import { queueFor } from "../iommufd/faults.js";
import type { Machine } from "../machine.js";
import type { Outcome, Wire } from "../outcome.js";
import { MAX_PASID, streamOf } from "../pasid/entries.js";
import type { Iommu, Origin } from "../platform.js";
import { memoryAt } from "../space/compose.js";
import type { GuestEntry } from "../state.js";
import type { Request } from "./pasid-entry.js";
import type { Recorder } from "./recorder.js";
import { NO_SPACE, translate } from "./translate.js";
import { walk } from "./walk.js";

/** A DMA that a device puts on the bus. */
export interface Issue {
  /** The device that works for the guest; its RID is that of `wire`. */
  readonly device: number;
  readonly wire: number;
  /** PASID on the wire. */
  readonly physical: number | undefined;
  /** vPASID that the guest used; `undefined` for the default space. */
  readonly pasid: number | undefined;
  readonly range: Range;
  readonly access: number;
  readonly priv: boolean;
  /** The statement that asked for it first, for a request that a page response resumes. */
  readonly origin?: Origin;
}

/**
 * Carries a DMA out: every block of its range is translated, and it succeeds as one contiguous target or
 * ends with its first fault, which stays pending where a page request can be made of it.
 */
export function issue(call: Call, dma: Issue, recorder: Recorder | undefined): Outcome {
  const { machine } = call;
  const { platform, translation } = machine;
  const iommu = platform.iommus[platform.devices[dma.wire]!.iommu]!;
  const wire: Wire = { rid: platform.devices[dma.wire]!.rid, pasid: dma.physical };
  const stages = recorder ? { stages: recorder.stages } : {};
  if (dma.physical !== undefined && dma.physical > MAX_PASID) {
    const fault = softwareFault("pasid-too-big", "device", dma.range.start);
    recorder?.stage("device", `PASID ${dma.physical} has more than the 20 bits of a TLP`);
    const nothing: Wire = { rid: undefined, pasid: undefined };
    return { kind: "fault", wire: nothing, fault, findings: call.findings, ...stages };
  }
  let address = dma.range.start;
  let physical: Address | undefined;
  let hit = true;
  let stale: Stale | undefined;
  let contiguous = true;
  let origin: Origin | undefined;
  for (;;) {
    const frames = dma.range.last.page - address.page + 1;
    const { access, priv } = dma;
    const request = { wire: dma.wire, pasid: dma.physical, address, access, priv, frames };
    const fault = translate(machine, request, physical ? undefined : recorder);
    if (fault) {
      if (physical) recorder?.stage("result", `the transfer breaks off at ${toHex(address)}: ${fault.text}`);
      return requestsPage(call, dma, fault)
        ? { kind: "page-request", wire, fault, findings: call.findings, ...stages }
        : { kind: "fault", wire, fault, findings: call.findings, ...stages };
    }
    const { page, origin: cachedFrom } = translation;
    let { framesLeft } = translation;
    if (!physical) {
      physical = { page, offset: address.offset };
      origin = translation.origin;
    } else {
      contiguous &&= page === physical.page + (address.page - dma.range.start.page);
    }
    if (!translation.hit) hit = false;
    else if (!stale) {
      const agreed = agreement(machine, request, page);
      if (typeof agreed === "number") framesLeft = Math.min(framesLeft, agreed);
      else stale = { ...agreed, origin: cachedFrom };
    }
    const next = reservedWithin(iommu, address, address.page + framesLeft) ?? {
      page: address.page + framesLeft,
      offset: 0,
    };
    if (compare(next, dma.range.last) > 0) break;
    address = next;
  }
  const { space } = machine.device(dma.wire).streams.get(streamOf(iommu, dma.physical))!;
  reportSpace(call, dma, space, stale);
  recorder?.stage("result", `the request reaches host-physical ${toHex(physical)}`, origin);
  return {
    kind: "reached",
    wire,
    physical,
    memory: memoryAt(machine.platform, physical),
    space: targetName(machine, dma, space),
    hit,
    contiguous,
    findings: call.findings,
    ...stages,
  };
}

/** The first reserved address after `from` and before the frame `end`; a leaf may reach across it. */
function reservedWithin(iommu: Iommu, from: Address, end: number): Address | undefined {
  let first: Address | undefined;
  for (const { start } of iommu.reserved) {
    if (compare(start, from) <= 0 || start.page >= end) continue;
    if (!first || compare(start, first) < 0) first = start;
  }
  return first;
}

/** Name of what a PASID entry led to: a space, or the process of a native owner. */
function targetName(machine: Machine, dma: Issue, space: number): string {
  if (space >= 0) return qualifiedSpaceName(machine, space);
  const entry = machine.device(dma.wire).entries.get(dma.physical ?? 0);
  return entry ? `the process of ${ownerName(machine.platform, entry.process)}` : "a host process";
}

/** The space that the guest registered for what it asked; `undefined` when it registered none. */
export function registeredSpace(
  machine: Machine,
  device: number,
  pasid: number | undefined,
): number | undefined {
  const state = machine.device(device);
  if (pasid === undefined) {
    const entry = entryZero(machine, device);
    return entry === undefined ? registeredDefault(machine, state) : entry.space;
  }
  const attached = state.attachments.get(pasid);
  if (attached) return attached.space;
  if (state.guestTable === undefined) return undefined;
  return machine.spaces.get(state.guestTable)?.entries.get(pasid)?.space;
}

/** The guest's own choice for requests without PASID, where its table decides that too (STE.S1DSS). */
function entryZero(machine: Machine, device: number): GuestEntry | undefined {
  const { guestTable } = machine.device(device);
  const { iommu } = machine.platform.devices[device]!;
  if (guestTable === undefined || machine.platform.iommus[iommu]!.noPasid !== "entry-0") return undefined;
  return machine.spaces.get(guestTable)?.entries.get(0);
}

/** Watches that a DMA reaches what was registered for it, and that no cache answers for a changed table. */
function reportSpace(call: Call, dma: Issue, space: number, stale: Stale | undefined): void {
  const { machine } = call;
  const device = machine.platform.devices[dma.device]!;
  const base = { device: deviceName(machine.platform, dma.device), pasid: dma.pasid };
  const reached = targetName(machine, dma, space);
  if (stale) {
    call.findings.push({ kind: "stale-entry", ...base, space: reached, ...stale });
    return;
  }
  if (device.category === undefined) return;
  const registered = registeredSpace(machine, dma.device, dma.pasid);
  if (registered === space) return;
  call.findings.push({
    kind: "wrong-space",
    ...base,
    reached,
    registered: registered === undefined ? undefined : qualifiedSpaceName(machine, registered),
    origin: machine.device(dma.wire).entries.get(dma.physical ?? 0)?.origin,
  });
}

/** What a cached answer differs from. */
interface Changed {
  /** The guest's PASID table, where its entry leads elsewhere now or is not valid. */
  readonly table: string | undefined;
  /** The statement that wrote what stands there now. */
  readonly changed: Origin | undefined;
}

interface Stale extends Changed {
  /** The statement that the cached translation came from. */
  readonly origin: Origin;
}

/** For how many frames the tables as they stand translate a request as the cache just did, or how they differ. */
function agreement(machine: Machine, request: Request, page: number): number | Changed {
  const state = machine.device(request.wire);
  const iommu = machine.platform.iommus[machine.platform.devices[request.wire]!.iommu]!;
  const stream = state.streams.get(streamOf(iommu, request.pasid))!;
  if (stream.space < 0) return Number.POSITIVE_INFINITY;
  const table = state.guestTable === undefined ? undefined : machine.spaces.get(state.guestTable);
  const slot = request.pasid ?? (iommu.noPasid === "entry-0" ? 0 : undefined);
  const entry = slot === undefined ? undefined : table?.entries.get(slot);
  if (table && slot !== undefined && entry?.space !== stream.space) {
    return { table: qualifiedSpaceName(machine, table.number), changed: entry?.origin };
  }
  const fresh = walk(machine, request, stream.space);
  if ("name" in fresh) return { table: undefined, changed: undefined };
  const { page: now, framesLeft, origin } = machine.translation;
  return now === page ? framesLeft : { table: undefined, changed: origin };
}

/**
 * Whether a fault becomes a page request: device, IOMMU and a bound child must all support it, and only the
 * guest's own stage can be mended by the guest.
 */
function requestsPage(call: Call, dma: Issue, fault: Fault): boolean {
  const { machine } = call;
  const { platform, translation } = machine;
  const device = platform.devices[dma.wire]!;
  const number = translation.space;
  if (number === NO_SPACE || number < 0) return false;
  if (fault.name === "not-canonical" || fault.name === "beyond-width") return false;
  if (!device.pageRequests || !platform.iommus[device.iommu]!.pageRequests) return false;
  const kind = machine.spaces.get(number)?.kind;
  const isIommufd = platform.uapi === "iommufd";
  const isMendable = kind === "page-table" && fault.stage === "first";
  // iommufd hands the requests of any table to its queue; a VMM mends a second stage by a map.
  if (!isMendable && !(isIommufd && kind === "root")) return false;
  const queue = isIommufd ? queueFor(call, dma.device, dma.pasid) : undefined;
  if (isIommufd && queue === undefined) return false;
  const own = machine.ownSpace(number);
  own.pending = [...own.pending, { ...dma, origin: dma.origin ?? call.origin, fault, queue }];
  return true;
}
