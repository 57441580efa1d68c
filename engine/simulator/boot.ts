import { Machine } from "./machine.js";
import { giveDefPasids } from "./pasid/pool.js";
import type { Platform } from "./platform.js";

/** A host that has just booted: nothing bound, defPASIDs given to mdevs in declaration order. */
export function boot(platform: Platform): Machine {
  const machine = Machine.fresh(platform);
  // Behind iommufd the driver of a slice gets its PASID with the attach.
  if (platform.uapi !== "iommufd") giveDefPasids(machine);
  return machine;
}
