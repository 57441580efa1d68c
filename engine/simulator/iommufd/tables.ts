import { PAGE_SIZE, type Range } from "../../address/index.js";
import { flushSpace } from "../dma/iotlb.js";
import type { Machine } from "../machine.js";
import { deriveTable, framesOf } from "../space/derive.js";
import type { HwptPaging, Ioas } from "./objects.js";
import { get, put } from "./table.js";

/**
 * The IOAS with an area map that may be written now. It is one map for the IOAS and all its page tables: their
 * spaces hold the same handle.
 */
export function keepAreas(machine: Machine, ioas: Ioas): Ioas {
  const areas = ioas.areas.own(machine.epoch);
  if (areas === ioas.areas) return ioas;
  const own = { ...ioas, areas };
  put(machine, own);
  machine.ownSpace(ioas.number).ranges = areas;
  for (const number of ioas.hwpts) machine.ownSpace(number).ranges = areas;
  return own;
}

/**
 * Whether the tables of the machine can hold what the driver of a page table maps: they are made of 4 KiB
 * frames, and as wide as the widest IOMMU. What a smaller page size or a wider table maps is in the area map
 * alone.
 */
function hasFrames({ tableFrames }: Machine, { domain }: HwptPaging): boolean {
  return domain.pageSize % PAGE_SIZE === 0 && domain.aperture.last.page < tableFrames;
}

/** Writes new areas into every page table of an IOAS (`iopt_area_fill_domains`). */
export function fillTables(machine: Machine, ioas: Ioas, range: Range): void {
  for (const number of ioas.hwpts) fillTable(machine, get(machine, number, "hwpt-paging"), range);
}

/** Writes areas into one page table, whose space has the area map already. */
export function fillTable(machine: Machine, hwpt: HwptPaging, range: Range): void {
  if (hasFrames(machine, hwpt)) deriveTable(machine, machine.ownSpace(hwpt.number), range);
}

/** Takes areas out of every page table of an IOAS, before they leave its map, and flushes them. */
export function unfillTables(machine: Machine, ioas: Ioas, range: Range): void {
  for (const number of ioas.hwpts) {
    if (!hasFrames(machine, get(machine, number, "hwpt-paging"))) continue;
    const { pages } = machine.ownSpace(number);
    ioas.areas.forEach((area) => {
      pages.unmap(area.start.page, framesOf(area));
    }, range);
    flushSpace(machine, number, range);
  }
}
