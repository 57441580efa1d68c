import {
  type Address,
  compare,
  formatRange,
  lengthOf,
  MAX_ADDRESS,
  next,
  overlaps,
  PAGE_SIZE,
  previous,
  type Range,
  ZERO,
} from "../../address/index.js";
import type { Call } from "../call.js";
import type { Machine } from "../machine.js";
import type { Refusal } from "../refusal.js";
import type { Hwpt, Ioas, Reserved } from "./objects.js";
import { get } from "./table.js";

/** Whether an address is a multiple of an alignment, a power of two up to 4096. */
export function isAligned(address: Address, alignment: number): boolean {
  return (address.offset & (alignment - 1)) === 0;
}

/** Whether a length is a multiple of an alignment; that of the whole space is. */
function isLengthAligned(range: Range, alignment: number): boolean {
  return isAligned(lengthOf(range) ?? ZERO, alignment);
}

/**
 * Checks that nothing keeps a range from being reserved (`iopt_reserve_iova`).
 * @param by what reserves it, for the message
 * @returns U118 EADDRINUSE when an area or an allowed range lies in it
 */
export function checkReservation(call: Call, ioas: Ioas, range: Range, by: string): Refusal | undefined {
  const area = ioas.areas.overlapping(range);
  const allowed = ioas.allowed.find((each) => overlaps(each, range));
  if (!area && !allowed) return undefined;
  const holder = area
    ? `the mapping of ${formatRange(area)}`
    : `the range ${formatRange(allowed!)} of IOMMU_IOAS_ALLOW_IOVAS`;
  const related = area ? [{ origin: area.origin, note: "it was mapped here" }] : [];
  return call.refuse(
    "U118",
    "EADDRINUSE",
    { ioas: ioas.name, range: formatRange(range), holder, by },
    related,
  );
}

/**
 * Checks that every area conforms to a larger alignment (`iopt_check_iova_alignment`).
 * @returns U119 EADDRINUSE for the first area that does not
 */
export function checkAreasAlignment(
  call: Call,
  ioas: Ioas,
  alignment: number,
  by: string,
): Refusal | undefined {
  if (alignment <= ioas.alignment) return undefined;
  for (const area of ioas.areas.entries()) {
    const fits =
      isAligned(area.start, alignment) &&
      isLengthAligned(area, alignment) &&
      isAligned(area.target, alignment);
    if (fits) continue;
    const args = { ioas: ioas.name, area: formatRange(area), alignment, by };
    return call.refuse("U119", "EADDRINUSE", args, [{ origin: area.origin, note: "it was mapped here" }]);
  }
  return undefined;
}

/** What the users of an IOAS ask of its IOVAs (`iopt_calculate_iova_alignment`), in bytes. */
export function alignmentOf(machine: Machine, ioas: Ioas): number {
  let alignment = ioas.hugePages ? 1 : PAGE_SIZE;
  for (const number of ioas.hwpts) {
    alignment = Math.max(alignment, get(machine, number, "hwpt-paging").domain.pageSize);
  }
  for (const number of ioas.accesses) {
    if (get(machine, number, "access").pins) alignment = PAGE_SIZE;
  }
  return alignment;
}

/** What a page table cannot translate: up to two ranges around its aperture. */
export function outsideAperture(hwpt: Extract<Hwpt, { type: "hwpt-paging" }>): Reserved[] {
  const { aperture } = hwpt.domain;
  const holder = holderOf(hwpt.number);
  const found: Reserved[] = [];
  if (compare(aperture.start, ZERO) > 0) found.push({ start: ZERO, last: previous(aperture.start), holder });
  if (compare(aperture.last, MAX_ADDRESS) < 0) {
    found.push({ start: next(aperture.last), last: MAX_ADDRESS, holder });
  }
  return found;
}

/** How the reservations of a page table are marked. */
export function holderOf(hwpt: number): string {
  return `hwpt ${hwpt}`;
}

/** The holes between reserved ranges, ascending: what IOMMU_IOAS_IOVA_RANGES reports. */
export function usableRanges(ioas: Ioas): Range[] {
  const sorted = [...ioas.reserved].sort((a, b) => compare(a.start, b.start));
  const holes: Range[] = [];
  let start: Address | undefined = ZERO;
  for (const reserved of sorted) {
    if (!start) break;
    if (compare(start, reserved.start) < 0) holes.push({ start, last: previous(reserved.start) });
    if (compare(reserved.last, start) < 0) continue;
    start = compare(reserved.last, MAX_ADDRESS) < 0 ? next(reserved.last) : undefined;
  }
  if (start) holes.push({ start, last: MAX_ADDRESS });
  return holes;
}
