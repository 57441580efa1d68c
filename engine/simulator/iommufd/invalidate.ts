import type { Call } from "../call.js";
import type { Refusal } from "../refusal.js";
import type { Invalidation } from "./driver.js";
import { driverOfIommu } from "./drivers/index.js";
import type { IommufdObject } from "./objects.js";
import { findAny, get, missing, TYPE_WORDS } from "./table.js";

/** What an invalidation came to: entries that were carried out, and what ended it. */
export interface Invalidated {
  readonly done: number;
  readonly refusal: Refusal | undefined;
}

/**
 * IOMMU_HWPT_INVALIDATE (`iommufd_hwpt_invalidate`) of a nested HWPT, or of a vIOMMU as a whole. Entries
 * before a bad one are carried out.
 * @returns U102 ENOENT, U141 EINVAL for a table that the kernel manages, and what the driver refuses
 */
export function invalidate(
  call: Call,
  owner: number,
  number: number,
  entries: readonly Invalidation[],
): Invalidated {
  const { machine } = call;
  const object = findAny(machine, owner, number);
  if (object?.type !== "hwpt-nested" && object?.type !== "viommu") {
    return { done: 0, refusal: notInvalidated(call, object) };
  }
  for (const [done, entry] of entries.entries()) {
    const refusal =
      object.type === "viommu"
        ? driverOfIommu(machine, object.iommu).invalidateViommu(call, object, entry)
        : driverOfIommu(machine, object.iommu).invalidateHwpt(call, get(machine, number, object.type), entry);
    if (refusal) return { done, refusal };
  }
  return { done: entries.length, refusal: undefined };
}

function notInvalidated(call: Call, object: IommufdObject | undefined): Refusal {
  const command = "IOMMU_HWPT_INVALIDATE";
  if (!object) return missing(call, command, "a nested HWPT or a vIOMMU", undefined);
  const reason = `it is ${TYPE_WORDS[object.type]}, and the kernel keeps its caches right itself`;
  const related = [{ origin: object.origin, note: `${object.name} was made here` }];
  return call.refuse("U141", "EINVAL", { object: object.name, reason }, related);
}
