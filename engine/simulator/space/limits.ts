import { type Address, formatRange, overlaps, PAGE_SIZE, type Range } from "../../address/index.js";
import type { Call } from "../call.js";
import type { Machine } from "../machine.js";
import type { Iommu } from "../platform.js";
import type { Refusal } from "../refusal.js";
import type { Space } from "../state.js";
import { frameLimit, widest } from "../table-shape.js";

/** The IOMMUs behind the devices that are attached to a space, each once. */
export function iommusOf(machine: Machine, space: Space): Iommu[] {
  const iommus: Iommu[] = [];
  space.units.forEach((_count, index) => {
    iommus.push(machine.platform.iommus[index]!);
  });
  return iommus;
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
  const isRange = isPageAligned(range);
  if (isRange && (!target || target.offset === 0)) return undefined;
  const what = isRange ? "the target of the mapping" : formatRange(range);
  return call.refuse("U005", "EINVAL", { space: space.name, size: "4K", what });
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
