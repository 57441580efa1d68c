import {
  type Address,
  compare,
  formatRange,
  overlaps,
  PAGE_SIZE,
  type Range,
  RangeMap,
} from "../../address/index.js";
import type { Call } from "../call.js";
import type { Refusal } from "../refusal.js";
import { createSpace } from "../space/create.js";
import type { Ioas } from "./objects.js";
import { alignmentOf, checkAreasAlignment, checkReservation, usableRanges } from "./range-rules.js";
import { get, put } from "./table.js";

/**
 * Makes an IOAS: no areas, everything allowed, alignment 1 (`iommufd_ioas_alloc`). It is a space of the
 * machine too, with a page table that nothing walks: what reads memory without an IOMMU goes by its map.
 */
export function createIoas(call: Call, owner: number, number: number, name: string): void {
  const { machine, origin } = call;
  const areas = RangeMap.empty(machine.epoch);
  createSpace(call, { owner, number, name, parent: -1, kind: "root", table: undefined });
  machine.ownSpace(number).ranges = areas;
  put(machine, {
    type: "ioas",
    number,
    name,
    owner,
    users: 0,
    origin,
    areas,
    allowed: [],
    reserved: [],
    alignment: 1,
    hugePages: true,
    hwpts: [],
    accesses: [],
  });
}

/** What IOMMU_IOAS_IOVA_RANGES tells: usable ranges, and the alignment that a mapping needs. */
export function iovaRanges(ioas: Ioas): { readonly ranges: readonly Range[]; readonly alignment: number } {
  return { ranges: usableRanges(ioas), alignment: ioas.alignment };
}

/**
 * IOMMU_IOAS_ALLOW_IOVAS: replaces the ranges that are kept free of reservations.
 * @param ranges first and last byte of each, as the caller wrote them
 * @returns U116 EINVAL for an empty or a second range over the same IOVAs, U117 EADDRINUSE for a reserved one
 */
export function allowIovas(
  call: Call,
  ioas: Ioas,
  ranges: readonly { readonly start: Address; readonly last: Address }[],
): Refusal | undefined {
  const taken: Range[] = [];
  for (const range of ranges) {
    if (compare(range.start, range.last) >= 0) {
      const reason = `${formatRange(range)} does not end after its start`;
      return call.refuse("U116", "EINVAL", { ioas: ioas.name, reason });
    }
    const twice = taken.find((each) => overlaps(each, range));
    if (twice) {
      const reason = `${formatRange(range)} shares IOVAs with ${formatRange(twice)} of the same call`;
      return call.refuse("U116", "EINVAL", { ioas: ioas.name, reason });
    }
    taken.push(range);
  }
  taken.sort((a, b) => compare(a.start, b.start));
  for (const range of taken) {
    const reserved = ioas.reserved.find((each) => overlaps(each, range));
    if (!reserved) continue;
    const args = { ioas: ioas.name, range: formatRange(range), reserved: formatRange(reserved) };
    return call.refuse("U117", "EADDRINUSE", args);
  }
  put(call.machine, { ...ioas, allowed: taken });
  return undefined;
}

/**
 * Reserves a range for a test, as IOMMU_TEST_OP_ADD_RESERVED does.
 * @returns U118 EADDRINUSE
 */
export function reserve(call: Call, ioas: Ioas, range: Range): Refusal | undefined {
  const refusal = checkReservation(call, ioas, range, "a test");
  if (refusal) return refusal;
  put(call.machine, { ...ioas, reserved: [...ioas.reserved, { ...range, holder: "test" }] });
  return undefined;
}

/**
 * IOMMU_OPTION_HUGE_PAGES, SET. Without huge pages every mapping is made of whole 4 KiB pages.
 * @returns U120 EINVAL while a page table has mappings, U119 EADDRINUSE for an area that is not made of pages
 */
export function setHugePages(call: Call, ioas: Ioas, on: boolean): Refusal | undefined {
  const { machine } = call;
  if (on === ioas.hugePages) return undefined;
  if (!on) {
    if (ioas.hwpts.length > 0 && ioas.areas.size > 0) {
      const reason = `${ioas.name} has page tables and mappings, which may be huge by now`;
      return call.refuse("U120", "EINVAL", { option: "IOMMU_OPTION_HUGE_PAGES", reason });
    }
    const refusal = checkAreasAlignment(call, ioas, PAGE_SIZE, "mappings without huge pages");
    if (refusal) return refusal;
  }
  const changed = { ...ioas, hugePages: on };
  put(machine, { ...changed, alignment: alignmentOf(machine, changed) });
  return undefined;
}

/** Takes the reservations of a holder away (`iopt_remove_reserved_iova`). */
export function unreserve(call: Call, number: number, holder: string): void {
  const ioas = get(call.machine, number, "ioas");
  const reserved = ioas.reserved.filter((each) => each.holder !== holder);
  if (reserved.length < ioas.reserved.length) put(call.machine, { ...ioas, reserved });
}
