import { contains, type Leaf, toHex } from "../../address/index.js";
import { type Fault, iommuFault } from "../fault.js";
import type { Machine } from "../machine.js";
import { EXEC, WRITE } from "../operation.js";
import { streamOf } from "../pasid/entries.js";
import type { Device, Iommu } from "../platform.js";
import type { Stream } from "../state.js";
import { frameLimit } from "../table-shape.js";
import { type Request, route } from "./pasid-entry.js";
import type { Recorder } from "./recorder.js";
import { isCanonical, needed, permissionText, walk, walkProcess } from "./walk.js";

/** What `Translation.space` holds when no PASID entry was found. */
export const NO_SPACE = -2;

/** Numbers per RID, so that (RID, PASID) has one; the upper half is for requests without PASID. */
const STREAMS = 2 ** 21;
const NO_PASID = 2 ** 20;

/**
 * Translates one request that is on the wire: IOTLB first, then the PASID table and the page tables. The
 * result is left in `machine.translation`. This is the one walk of the machine: simulation, recording and
 * measurement all go through it.
 * @param recorder keeps the stages; it changes nothing else
 * @returns the fault, or `undefined` when memory was reached
 */
export function translate(machine: Machine, request: Request, recorder?: Recorder): Fault | undefined {
  const { accelerator, translation } = machine;
  const { address, access, pasid } = request;
  const key = request.wire * STREAMS + (pasid ?? NO_PASID);
  const plain = recorder === undefined && (request.frames ?? 1) === 1 && !request.priv && access < EXEC;
  if (plain) {
    const line = accelerator.find(key, address.page);
    if (line >= 0 && (line & access) === access) {
      translation.page = Math.floor(line / 8);
      translation.framesLeft = 1;
      translation.hit = true;
      return undefined;
    }
  }
  const device = machine.platform.devices[request.wire]!;
  const iommu = machine.platform.iommus[device.iommu]!;
  const early = refusedEarly(request, device, iommu, recorder);
  if (early) return early;
  const forbidden = access < EXEC && !request.priv ? undefined : forbiddenKind(request, device);
  const slot = streamOf(iommu, pasid);
  const stream = machine.device(request.wire).streams.get(slot);
  if (stream?.cached && !forbidden) {
    const frame = cacheFrame(machine, iommu, stream, address.page);
    const { leaf } = translation;
    const need = needed(access);
    if (frame >= 0 && stream.iotlb.lookup(frame, leaf) && (leaf.access & need) === need) {
      if (recorder) recordHit(recorder, leaf, need);
      translation.page = leaf.target;
      const inLeaf = leaf.page + leaf.frames - frame;
      const isLong = request.frames !== undefined && request.frames > inLeaf;
      translation.framesLeft = isLong ? Math.max(inLeaf, stream.iotlb.runLeft(frame)) : inLeaf;
      translation.space = stream.space;
      translation.origin = leaf.origin;
      translation.hit = true;
      if (plain && !touchesReserved(iommu, address.page)) {
        accelerator.keep(key, address.page, leaf.target, leaf.access);
      }
      return undefined;
    }
  }
  accelerator.clear();
  recorder?.stage("iotlb", "the IOTLB has no translation that permits this, so the tables are walked");
  return translateMiss(machine, request, slot, forbidden, recorder);
}

function recordHit(recorder: Recorder, leaf: Leaf, need: number): void {
  const target = toHex({ page: leaf.target, offset: 0 });
  recorder.stage("iotlb", `the IOTLB answers ${target}; no table is read`, leaf.origin);
  recorder.stage("permission", permissionText(leaf.access, need), leaf.origin);
}

/**
 * Where a frame stands in an IOTLB, which is as wide as the widest table: the upper half of a canonical
 * space is folded under it. -1 for an address that no table translates.
 */
function cacheFrame(machine: Machine, iommu: Iommu, stream: Stream, page: number): number {
  const frames = machine.tableFrames;
  if (!stream.firstStage) return page < frames ? page : -1;
  // Lower halves of any table lie below 2^26 frames and need no look at the width.
  if (page < 0x400_0000) return page;
  return isCanonical(page, frameLimit(iommu)) ? page % frames : -1;
}

/** Checks that come before any table: whether the RID may send PASIDs at all, and reserved ranges. */
function refusedEarly(
  request: Request,
  device: Device,
  iommu: Iommu,
  recorder: Recorder | undefined,
): Fault | undefined {
  const { address, access, pasid } = request;
  const write = (access & WRITE) !== 0;
  if (pasid !== undefined && (device.pasidWidth === 0 || iommu.pasidWidth === 0)) {
    const { name, origin } = iommu.pasidWidth === 0 ? iommu : device;
    recorder?.stage("context", `PASID ${pasid} needs PASIDs enabled, and ${name} has none`, origin);
    return iommuFault(iommu, "pasid-disabled", "context", address, write);
  }
  if (touchesReserved(iommu, address.page) && iommu.reserved.some((range) => contains(range, address))) {
    const text = `${toHex(address)} lies in a range that ${iommu.name} reserves and never translates`;
    recorder?.stage("context", text, iommu.origin);
    return iommuFault(iommu, "reserved-address", "context", address, write);
  }
  return undefined;
}

/** Requests that the PASID-table entry enables (ERE, SRE) only for functions with the capability. */
function forbiddenKind(request: Request, device: Device): "exec-disabled" | "priv-disabled" | undefined {
  if ((request.access & EXEC) !== 0 && !device.exec) return "exec-disabled";
  return request.priv && !device.priv ? "priv-disabled" : undefined;
}

/** Whether a reserved range has a byte in the frame. */
function touchesReserved({ reserved }: Iommu, page: number): boolean {
  return reserved.some((range) => range.start.page <= page && page <= range.last.page);
}

function translateMiss(
  machine: Machine,
  request: Request,
  slot: number,
  forbidden: "exec-disabled" | "priv-disabled" | undefined,
  recorder: Recorder | undefined,
): Fault | undefined {
  const { translation } = machine;
  translation.space = NO_SPACE;
  const routed = route(machine, request, recorder);
  if ("name" in routed) return routed;
  if (forbidden) {
    const device = machine.platform.devices[request.wire]!;
    const kind = forbidden === "exec-disabled" ? "execute requests (ERE)" : "supervisor requests (SRE)";
    const word = forbidden === "exec-disabled" ? "exec" : "priv";
    const text = `the entry does not enable ${kind}: ${device.name} is declared without ${word}`;
    recorder?.stage("pasid-table", text, device.origin);
    const write = (request.access & WRITE) !== 0;
    const iommu = machine.platform.iommus[device.iommu]!;
    return iommuFault(iommu, forbidden, "pasid-table", request.address, write);
  }
  translation.space = routed.space;
  translation.process = routed.process;
  const found =
    routed.space < 0
      ? walkProcess(machine, request, routed.process, recorder)
      : walk(machine, request, routed.space, recorder);
  if ("name" in found) return found;
  translation.hit = false;
  const stream = machine.ownStream(request.wire, slot, routed.space);
  stream.cached = true;
  const first = found.page % machine.tableFrames;
  stream.iotlb.map(first, found.frames, found.target, found.access, found.origin);
  return undefined;
}
