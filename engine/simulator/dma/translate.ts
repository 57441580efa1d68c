import { contains } from "../../address/index.js";
import { type Fault, type FaultName, iommuFault } from "../fault.js";
import type { Machine } from "../machine.js";
import { EXEC, WRITE } from "../operation.js";
import { streamOf } from "../pasid/entries.js";
import type { Device, Iommu } from "../platform.js";
import { frameLimit } from "../space/limits.js";
import type { Stream } from "../state.js";
import { type Request, route } from "./pasid-entry.js";
import type { Recorder } from "./recorder.js";
import { isCanonical, needed, walk, walkProcess } from "./walk.js";

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
  const early = refusedEarly(request, device, iommu);
  if (early) return early;
  const slot = streamOf(iommu, request.pasid);
  const key = request.wire * STREAMS + slot;
  let stream = accelerator.find(key);
  if (stream === undefined) {
    stream = machine.device(request.wire).streams.get(slot);
    if (stream !== undefined) accelerator.keep(key, stream);
  }
  if (stream?.cached) {
    const frame = cacheFrame(machine, iommu, stream, request.address.page);
    const { leaf } = translation;
    const need = needed(request.access);
    if (frame >= 0 && stream.iotlb.lookup(frame, leaf) && (leaf.access & need) === need) {
      recorder?.stage("iotlb", "the IOTLB has the translation", leaf.origin);
      translation.page = leaf.target;
      translation.framesLeft = leaf.page + leaf.frames - frame;
      translation.space = stream.space;
      translation.origin = leaf.origin;
      translation.hit = true;
      return undefined;
    }
  }
  accelerator.clear();
  return translateMiss(machine, request, slot, recorder);
}

/**
 * Where a frame stands in an IOTLB, which is as wide as the widest table: the upper half of a canonical
 * space is folded under it. -1 for an address that no table translates.
 */
function cacheFrame(machine: Machine, iommu: Iommu, stream: Stream, page: number): number {
  const frames = machine.tableFrames;
  if (!stream.firstStage) return page < frames ? page : -1;
  return isCanonical(page, frameLimit(iommu)) ? page % frames : -1;
}

/** Checks that come before any table: PASIDs at all, reserved ranges, and what the function may ask. */
function refusedEarly(request: Request, device: Device, iommu: Iommu): Fault | undefined {
  const { address, access, pasid } = request;
  let name: FaultName | undefined;
  if (pasid !== undefined && (device.pasidWidth === 0 || iommu.pasidWidth === 0)) name = "pasid-disabled";
  for (const range of iommu.reserved) if (contains(range, address)) name ??= "reserved-address";
  if ((access & EXEC) !== 0 && !device.exec) name ??= "exec-disabled";
  if (request.priv && !device.priv) name ??= "priv-disabled";
  return name && iommuFault(iommu, name, "context", address, (access & WRITE) !== 0);
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
  const first = found.page % machine.tableFrames;
  stream.iotlb.map(first, found.frames, found.target, found.access, found.origin);
  return undefined;
}
