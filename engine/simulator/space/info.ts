import { formatRange } from "../../address/index.js";
import type { Machine } from "../machine.js";
import type { Space } from "../state.js";
import { leafSizes } from "../table-shape.js";
import { iommusOf } from "./limits.js";

/** What IOASID_GET_INFO tells of a space: its handle, then one phrase per fact (RFC v1 §2.2). */
export function describeSpace(machine: Machine, space: Space): string[] {
  const iommus = iommusOf(machine, space);
  const managed =
    space.kind === "root" || space.kind === "shadow" ? "kernel-managed (map, unmap)" : "user-managed";
  const nesting = [...new Set(iommus.map((iommu) => iommu.nesting))].join(", ") || "unknown";
  const formats = [...new Set(iommus.map((iommu) => iommu.format))].join(", ") || "unknown";
  const reserved = iommus.flatMap((iommu) => iommu.reserved.map(formatRange)).join(", ") || "none";
  const sizes = leafSizes(machine.platform)
    .map((frames) => sizeName(frames))
    .join(", ");
  return [
    `IOASID ${space.id}`,
    managed,
    `nesting ${nesting}`,
    `format ${formats}`,
    `page sizes ${sizes}`,
    `reserved ${reserved}`,
    `${space.children.size} children`,
  ];
}

function sizeName(frames: number): string {
  const kib = frames * 4;
  if (kib >= 1024 * 1024) return `${kib / (1024 * 1024)}G`;
  return kib >= 1024 ? `${kib / 1024}M` : `${kib}K`;
}
