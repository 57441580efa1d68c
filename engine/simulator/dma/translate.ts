import { contains } from "../../address/index.js";
import { type Fault, iommuFault } from "../fault.js";
import type { Machine } from "../machine.js";
import { EXEC, WRITE } from "../operation.js";
import { streamOf } from "../pasid/entries.js";
import type { Device, Iommu } from "../platform.js";
import { type Request, route } from "./pasid-entry.js";
import type { Recorder } from "./recorder.js";
import { needed, walk, walkProcess } from "./walk.js";

/** What `Translation.space` holds when no PASID entry was found. */
export const NO_SPACE = -2;

/** Streams per RID, so that (RID, PASID) has one number. */
const STREAMS = 2 ** 21;

/**
 * Translates one request that is on the wire: IOTLB first, then the PASID table and the page tables. The
 * result is left in `machine.translation`. This is the one walk of the machine: simulation, recording and
 * measurement all go through it.
 * @param recorder keeps the stages; it changes nothing else
 * @returns the fault, or `undefined` when memory was reached
 */
export function translate(machine: Machine, request: Request, recorder?: Recorder): Fault | undefined {
  const { platform, translation, accelerator } = machine;
  const device = platform.devices[request.wire]!;
  const iommu = platform.iommus[device.iommu]!;
  const { page } = request.address;
  const need = needed(request.access);
  const slot = streamOf(iommu, request.pasid);
  const key = request.wire * STREAMS + slot;
  const privileged = request.priv || (request.access & EXEC) !== 0;
  if (!recorder && !privileged) {
    const found = accelerator.find(key, page);
    if (found >= 0 && (accelerator.access(found) & need) === need) {
      translation.page = accelerator.target(found);
      translation.framesLeft = 1;
      translation.hit = true;
      return undefined;
    }
  }
  const early = refusedEarly(request, device, iommu);
  if (early) return early;
  const stream = machine.device(request.wire).streams.get(slot);
  const { leaf } = translation;
  if (stream?.cached && stream.iotlb.lookup(page, leaf) && (leaf.access & need) === need) {
    if (recorder) recorder.stage("iotlb", "the IOTLB has the translation", leaf.origin);
    translation.page = leaf.target;
    translation.framesLeft = leaf.page + leaf.frames - page;
    translation.space = stream.space;
    translation.origin = leaf.origin;
    translation.hit = true;
    if (!privileged) accelerator.keep(key, page, leaf.target, leaf.access);
    return undefined;
  }
  return translateMiss(machine, request, slot, recorder);
}

/** Checks that come before any table: the reserved ranges of the IOMMU, and what the function may ask. */
function refusedEarly(request: Request, device: Device, iommu: Iommu): Fault | undefined {
  const write = (request.access & WRITE) !== 0;
  if (request.pasid !== undefined && Math.min(device.pasidWidth, iommu.pasidWidth) === 0) {
    return iommuFault(iommu, "pasid-disabled", "context", request.address, write);
  }
  for (const range of iommu.reserved) {
    if (contains(range, request.address)) {
      return iommuFault(iommu, "reserved-address", "context", request.address, write);
    }
  }
  if ((request.access & EXEC) !== 0 && !device.exec) {
    return iommuFault(iommu, "exec-disabled", "pasid-table", request.address, write);
  }
  if (request.priv && !device.priv) {
    return iommuFault(iommu, "priv-disabled", "pasid-table", request.address, write);
  }
  return undefined;
}

function translateMiss(
  machine: Machine,
  request: Request,
  slot: number,
  recorder: Recorder | undefined,
): Fault | undefined {
  const { translation } = machine;
  translation.space = NO_SPACE;
  recorder?.stage("iotlb", "the IOTLB does not have the translation");
  const routed = route(machine, request, recorder);
  if ("name" in routed) return routed;
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
  stream.iotlb.map(found.page, found.frames, found.target, found.access, found.origin);
  return undefined;
}
