import { PAGE_LIMIT } from "../address/index.js";
import type { Iommu, Platform } from "./platform.js";

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

/** First frame past the input width of an IOMMU. */
export function frameLimit(iommu: Iommu): number {
  return Math.min(2 ** (iommu.addressWidth - 12), PAGE_LIMIT);
}

/** Before any attach nothing but the widest IOMMU limits a space; it may be narrower than a table's least width. */
export function widest({ iommus }: Platform): Iommu[] {
  const width = Math.max(...iommus.map(({ addressWidth }) => addressWidth));
  return iommus.filter(({ addressWidth }) => addressWidth === width).slice(0, 1);
}
