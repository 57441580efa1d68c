import { PAGE_SIZE, type Range } from "../../address/index.js";
import { flushSpace } from "../dma/iotlb.js";
import type { Machine } from "../machine.js";
import { deriveTable, framesOf } from "../space/derive.js";
import type { Space } from "../state.js";
import type { HwptPaging, Ioas } from "./objects.js";
import { get, put } from "./table.js";

/** The IOAS with an area map that may be written now. */
export function keepAreas(machine: Machine, ioas: Ioas): Ioas {
  const areas = ioas.areas.own(machine.epoch);
  if (areas === ioas.areas) return ioas;
  const own = { ...ioas, areas };
  put(machine, own);
  return own;
}

/**
 * Whether the tables of the machine can hold what the driver of a page table maps: they are made of 4 KiB
 * frames. What a smaller page size maps is in the area map alone.
 */
function hasFrames(hwpt: HwptPaging): boolean {
  return hwpt.domain.pageSize % PAGE_SIZE === 0;
}

/**
 * One area map for the IOAS and all its page tables: they hold the same handle.
 * @param visit is told of each page table whose frames the machine keeps
 */
function share(machine: Machine, ioas: Ioas, visit: (space: Space) => void): void {
  if (machine.spaces.get(ioas.number)!.ranges !== ioas.areas)
    machine.ownSpace(ioas.number).ranges = ioas.areas;
  for (const number of ioas.hwpts) {
    const space = machine.ownSpace(number);
    space.ranges = ioas.areas;
    if (hasFrames(get(machine, number, "hwpt-paging"))) visit(space);
  }
}

/** Writes new areas into every page table of an IOAS (`iopt_area_fill_domains`). */
export function fillTables(machine: Machine, ioas: Ioas, range: Range): void {
  share(machine, ioas, (space) => deriveTable(machine, space, range));
}

/** Takes areas out of every page table of an IOAS, before they leave its map, and flushes them. */
export function unfillTables(machine: Machine, ioas: Ioas, range: Range): void {
  share(machine, ioas, (space) => {
    for (const area of ioas.areas.entries(range)) space.pages.unmap(area.start.page, framesOf(area));
    flushSpace(machine, space.number, range);
  });
}
