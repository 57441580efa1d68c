import { Machine } from "./machine.js";
import { giveDefPasids } from "./pasid/pool.js";
import type { Platform } from "./platform.js";

/** A host that has just booted: nothing bound, defPASIDs given to mdevs in declaration order. */
export function boot(platform: Platform): Machine {
  const machine = Machine.fresh(platform);
  giveDefPasids(machine);
  return machine;
}
