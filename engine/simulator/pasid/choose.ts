import type { Call } from "../call.js";
import { deviceName, formatRid } from "../describe.js";
import type { Device } from "../platform.js";
import type { Refusal } from "../refusal.js";
import type { Namespace, Space } from "../state.js";
import { keepsNumber, lowestFreePasid, namespaceOf, pasidHolder, pasidLimit, poolName } from "./pool.js";

/** The physical PASID of an attachment and where it was taken from. */
export interface ChosenPasid {
  /** `undefined` where the guest owns the PASID table. */
  readonly physical: number | undefined;
  readonly namespace: Namespace;
}

/**
 * Which number goes on the wire for a vPASID (domain.md 1.3).
 * @param fixed the number that the driver insists on
 * @returns P006 EBUSY, P007 ENOSPC, P008 EOVERFLOW, U024 EINVAL, U025 EBUSY, U026 EINVAL, or the choice
 */
export function choosePasid(
  call: Call,
  space: Space,
  index: number,
  pasid: number,
  fixed: number | undefined,
): ChosenPasid | Refusal {
  const { platform } = call.machine;
  const device = platform.devices[index]!;
  if (device.category === 3) {
    if (fixed !== undefined && fixed !== pasid) {
      return call.refuse("U024", "EINVAL", { device: device.name, pasid, physical: fixed });
    }
    return take(call, index, pasid, "rid", pasid);
  }
  const limit = pasidLimit(platform, device);
  if (fixed !== undefined && (fixed === 0 || fixed >= limit)) {
    const iommu = platform.iommus[device.iommu]!;
    const binding = iommu.pasidWidth < device.pasidWidth ? iommu.name : platform.devices[device.wire]!.name;
    const width = Math.min(iommu.pasidWidth, device.pasidWidth);
    return call.refuse("U026", "EINVAL", { device: device.name, physical: fixed, width, binding });
  }
  const namespace = namespaceOf(platform, device);
  if (device.category === 5 && space.globalPasid !== undefined) {
    return reuseGlobal(call, space, device, space.globalPasid, fixed, limit);
  }
  if (fixed !== undefined) return take(call, index, pasid, namespace, fixed);
  if (keepsNumber(platform, device)) return take(call, index, pasid, namespace, pasid);
  const physical = lowestFreePasid(call.machine, device, namespace);
  if (physical === undefined) {
    const pool = poolName(device, namespace);
    return call.refuse("P007", "ENOSPC", { device: device.name, pool, limit });
  }
  return { physical, namespace };
}

/** N6: every category-5 attachment of a space uses the space's one global PASID, on every parent. */
function reuseGlobal(
  call: Call,
  space: Space,
  device: Device,
  current: number,
  fixed: number | undefined,
  limit: number,
): ChosenPasid | Refusal {
  if (fixed !== undefined && fixed !== current) {
    return call.refuse("U025", "EBUSY", { space: space.name, physical: fixed, current });
  }
  if (current >= limit) {
    const width = Math.log2(limit);
    return call.refuse("P008", "EOVERFLOW", {
      device: device.name,
      space: space.name,
      pasid: current,
      width,
    });
  }
  const entry = call.machine.device(device.wire).entries.get(current);
  if (entry && entry.space !== space.number) {
    const refusal = conflict(call, device, current, deviceName(call.machine.platform, entry.device));
    if (refusal) return refusal;
  }
  return { physical: current, namespace: "global" };
}

function take(
  call: Call,
  index: number,
  pasid: number,
  namespace: "rid" | "global",
  physical: number,
): ChosenPasid | Refusal {
  const { machine } = call;
  // An attach that replaces its own vPASID (P005, allowed) finds the number taken by nobody else.
  if (machine.device(index).attachments.get(pasid)?.physical === physical) return { physical, namespace };
  const device = machine.platform.devices[index]!;
  const holder = pasidHolder(machine, device, namespace, physical);
  const refusal = holder === undefined ? undefined : conflict(call, device, physical, holder);
  return refusal ?? { physical, namespace };
}

/** P006: two owners want one number on one RID. */
function conflict(call: Call, device: Device, pasid: number, holder: string): Refusal | undefined {
  const entry = call.machine.device(device.wire).entries.get(pasid);
  const args = { device: device.name, rid: formatRid(device.rid), pasid, holder };
  const related = entry ? [{ origin: entry.origin, note: `${holder} holds pPASID ${pasid}` }] : [];
  return call.object("P006", "EBUSY", args, related);
}
