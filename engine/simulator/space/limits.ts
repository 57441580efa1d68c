import {
  type Address,
  formatRange,
  overlaps,
  PAGE_LIMIT,
  PAGE_SIZE,
  type Range,
} from "../../address/index.js";
import type { Call } from "../call.js";
import type { Machine } from "../machine.js";
import type { Iommu, Platform } from "../platform.js";
import type { Refusal } from "../refusal.js";
import type { Space } from "../state.js";

/** The IOMMUs behind the devices that are attached to a space, each once. */
export function iommusOf(machine: Machine, space: Space): Iommu[] {
  return [...space.units.entries()].map(([index]) => machine.platform.iommus[index]!);
}

/** Page sizes that every IOMMU of the platform has, in frames: the leaves of a kernel-built table. */
export function leafSizes(platform: Platform): number[] {
  const [first, ...rest] = platform.iommus;
  if (!first) return [1];
  return first.pageSizes.filter((size) => rest.every((iommu) => iommu.pageSizes.includes(size)));
}

/** Input width of a page table: the widest IOMMU decides how many levels there are. */
export function tableWidth(platform: Platform): number {
  let width = 39;
  for (const iommu of platform.iommus) width = Math.max(width, iommu.addressWidth);
  return width;
}

/**
 * Where a frame stands in a guest's page table: the bits above the width repeat the highest one in a
 * canonical address, and the walk does not look at them.
 */
export function tableFrame(platform: Platform, page: number): number {
  return page % tableFrames(platform);
}

/** Frames of a table of the widest IOMMU. */
export function tableFrames(platform: Platform): number {
  return Math.min(2 ** (tableWidth(platform) - 12), PAGE_LIMIT);
}

/** Whole pages from a page boundary; the smallest page of every form is 4 KiB. */
export function isPageAligned(range: Range): boolean {
  return range.start.offset === 0 && range.last.offset === PAGE_SIZE - 1;
}

/** U005 EINVAL, when a range or its target is not made of whole pages. */
export function checkAlignment(
  call: Call,
  space: Space,
  range: Range,
  target: Address | undefined,
): Refusal | undefined {
  const args = { space: space.name, size: "4K" };
  if (!isPageAligned(range)) return call.refuse("U005", "EINVAL", { ...args, what: formatRange(range) });
  if (target && target.offset !== 0) {
    return call.refuse("U005", "EINVAL", { ...args, what: "the target of the mapping" });
  }
  return undefined;
}

/** First frame past the input width of an IOMMU. */
export function frameLimit(iommu: Iommu): number {
  return Math.min(2 ** (iommu.addressWidth - 12), PAGE_LIMIT);
}

/** Before any attach nothing but the widest table there could be limits a space. */
export function widest(platform: Platform): Iommu[] {
  const width = tableWidth(platform);
  return platform.iommus.filter((iommu) => iommu.addressWidth === width).slice(0, 1);
}

/** U006 EINVAL past the address width, U002 EINVAL in a reserved range, of any IOMMU given. */
export function checkInput(
  call: Call,
  space: Space,
  range: Range,
  attached: readonly Iommu[],
): Refusal | undefined {
  for (const iommu of attached.length > 0 ? attached : widest(call.machine.platform)) {
    if (range.last.page >= frameLimit(iommu)) {
      return call.refuse(
        "U006",
        "EINVAL",
        { space: space.name, range: formatRange(range), width: iommu.addressWidth, iommu: iommu.name },
        [{ origin: iommu.origin, note: `${iommu.name} translates ${iommu.addressWidth} bits` }],
      );
    }
    if (attached.length === 0) return undefined;
    const reserved = iommu.reserved.find((hole) => overlaps(hole, range));
    if (reserved) {
      const args = {
        space: space.name,
        range: formatRange(range),
        reserved: formatRange(reserved),
        iommu: iommu.name,
      };
      return call.refuse("U002", "EINVAL", args, [
        { origin: iommu.origin, note: `${iommu.name} reserves ${args.reserved}` },
      ]);
    }
  }
  return undefined;
}
