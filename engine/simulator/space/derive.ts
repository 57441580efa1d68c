import { add, overlaps, type Range, subtract } from "../../address/index.js";
import { flushSpace } from "../dma/iotlb.js";
import type { Machine } from "../machine.js";
import type { Space } from "../state.js";
import { compose } from "./compose.js";

/** Frames of a page-aligned range. */
export function framesOf(range: Range): number {
  return range.last.page - range.start.page + 1;
}

/** Rebuilds the part of a kernel-built table that `range` covers from the range maps. */
export function deriveTable(machine: Machine, space: Space, range: Range): void {
  for (const piece of compose(machine, space, range)) {
    space.pages.map(
      piece.input.start.page,
      framesOf(piece.input),
      piece.physical.page,
      piece.access,
      piece.origins[0]!,
    );
  }
}

/**
 * Merges a change of a parent into the shadows that the kernel keeps for its children (software nesting):
 * what they map through `changed` is built anew, and their own children follow.
 */
export function updateShadows(machine: Machine, parent: Space, changed: Range): void {
  parent.children.forEach((_true, number) => {
    const child = machine.spaces.get(number);
    if (child?.kind !== "shadow") return;
    const touched: Range[] = [];
    child.ranges.forEach((mapping) => {
      const last = add(mapping.target, subtract(mapping.last, mapping.start));
      if (last && overlaps({ start: mapping.target, last }, changed)) touched.push(mapping);
    });
    if (touched.length === 0) return;
    const own = machine.ownSpace(number);
    for (const range of touched) {
      own.pages.unmap(range.start.page, framesOf(range));
      deriveTable(machine, own, range);
      flushSpace(machine, number, range);
      updateShadows(machine, own, range);
    }
  });
}
