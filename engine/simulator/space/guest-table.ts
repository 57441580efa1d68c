import { formatRange, PAGE_LIMIT, type Range } from "../../address/index.js";
import { type Call, isRefusal } from "../call.js";
import { deviceName } from "../describe.js";
import { useGuestTable } from "../device/relations.js";
import { flushPasidCache, flushSpace } from "../dma/iotlb.js";
import type { Target, UserTable } from "../operation.js";
import type { Refusal } from "../refusal.js";
import type { Space } from "../state.js";
import { frameLimit, tableFrame, widest } from "../table-shape.js";
import { framesOf } from "./derive.js";
import { checkAlignment, iommusOf } from "./limits.js";
import { resolveTarget } from "./map.js";

/**
 * Whether the table that a guest offers has a format that every attached IOMMU walks.
 * @returns P019 EINVAL with the format that would work
 */
export function checkFormat(call: Call, space: Space, table: UserTable): Refusal | undefined {
  const { machine } = call;
  for (const iommu of iommusOf(machine, space)) {
    if (table.format === undefined || table.format === iommu.format) continue;
    const device = [...space.users.entries()].find(
      ([index]) => machine.platform.iommus[machine.platform.devices[index]!.iommu] === iommu,
    )!;
    return call.refuse(
      "P019",
      "EINVAL",
      {
        device: deviceName(machine.platform, device[0]),
        space: space.name,
        reason: `the table has format ${table.format}, and ${iommu.name} walks format ${iommu.format}`,
      },
      [{ origin: iommu.origin, note: `${iommu.name} is declared here` }],
    );
  }
  return undefined;
}

/**
 * The guest writes entries of its own page table. It is a memory write: nothing is flushed, so the IOTLB
 * may still answer with what stood there (RFC v1 §2.2 INVALIDATE_CACHE).
 * @param target `undefined` clears the entries
 * @returns U016 or U018 EINVAL without a bound page table, U005, U006 EINVAL, U007 EFAULT
 */
export function writePageTable(
  call: Call,
  space: Space,
  range: Range,
  target: Target | undefined,
  access: number,
): Refusal | undefined {
  const { machine } = call;
  if (space.kind === "unbound") {
    return call.refuse("U018", "EINVAL", { space: space.name, operation: "pte" });
  }
  if (space.kind !== "page-table") {
    return call.refuse("U016", "EINVAL", { space: space.name, needs: "page-table" });
  }
  const start = target && resolveTarget(call, space, target, range);
  if (isRefusal(start)) return start;
  const refusal = checkAlignment(call, space, range, start) ?? checkGuestInput(call, space, range);
  if (refusal) return refusal;
  const own = machine.ownSpace(space.number);
  const first = tableFrame(machine.platform, range.start.page);
  own.ranges.carve(range);
  if (start) {
    own.ranges.insert(range, start, access, call.origin);
    own.pages.map(first, framesOf(range), start.page, access, call.origin);
  } else {
    own.pages.unmap(first, framesOf(range));
  }
  return undefined;
}

/** U006 EINVAL where no entry of a table of this width can stand; canonical upper halves are fine. */
function checkGuestInput(call: Call, space: Space, range: Range): Refusal | undefined {
  const attached = iommusOf(call.machine, space);
  for (const iommu of attached.length > 0 ? attached : widest(call.machine.platform)) {
    const half = frameLimit(iommu) / 2;
    const isInHole = range.last.page >= half && range.start.page < PAGE_LIMIT - half;
    if (iommu.addressWidth >= 64 || !isInHole) continue;
    return call.refuse("U006", "EINVAL", {
      space: space.name,
      range: formatRange(range),
      width: iommu.addressWidth,
      iommu: iommu.name,
    });
  }
  return undefined;
}

/**
 * The guest writes an entry of its own PASID table; nothing is flushed by it.
 * @param target space whose page table the entry points to; `undefined` clears it
 * @returns U016 EINVAL when the table is no PASID table or the target no page table, U018 before it is bound
 */
export function writePasidTable(
  call: Call,
  table: Space,
  pasid: number,
  target: Space | undefined,
): Refusal | undefined {
  if (table.kind === "unbound") {
    return call.refuse("U018", "EINVAL", { space: table.name, operation: "entry" });
  }
  if (table.kind !== "pasid-table") {
    return call.refuse("U016", "EINVAL", { space: table.name, needs: "pasid-table" });
  }
  if (target && target.kind !== "page-table") {
    return call.refuse("U016", "EINVAL", { space: target.name, needs: "page-table" });
  }
  const own = call.machine.ownSpace(table.number);
  if (target) own.entries.set(pasid, { space: target.number, origin: call.origin });
  else own.entries.delete(pasid);
  return undefined;
}

/**
 * IOASID_INVALIDATE_CACHE: the IOTLB for a page table, all or a range; the PASID cache for a PASID table.
 * @returns U012 EINVAL on a kernel-managed space, U018 EINVAL before a table is bound
 */
export function invalidate(call: Call, space: Space, range: Range | undefined): Refusal | undefined {
  if (space.kind === "root" || space.kind === "shadow") {
    return call.refuse("U012", "EINVAL", { space: space.name });
  }
  if (space.kind === "unbound") {
    return call.refuse("U018", "EINVAL", { space: space.name, operation: "invalidate" });
  }
  if (space.kind === "pasid-table") flushPasidCache(call.machine, space.number);
  else flushSpace(call.machine, space.number, range);
  return undefined;
}

/** Binds a guest's table to a v1 child; the version has checked that it may. */
export function bindTable(call: Call, space: Space, table: UserTable): void {
  const own = call.machine.ownSpace(space.number);
  own.kind = table.kind;
  own.table = table;
  if (table.kind === "pasid-table") routeToTable(call, own, own.number);
}

/** Takes a guest's table away again: walks through the space find nothing until another one is bound. */
export function unbindTable(call: Call, space: Space): void {
  const { machine } = call;
  const own = machine.ownSpace(space.number);
  if (own.kind === "pasid-table") routeToTable(call, own, undefined);
  own.kind = "unbound";
  own.table = undefined;
  // Whoever waits for a page of the table that goes is answered with a failure.
  own.pending = [];
  own.ranges.clear();
  own.pages.clear();
  for (const [pasid] of [...own.entries.entries()]) own.entries.delete(pasid);
  flushSpace(machine, space.number);
}

/** Makes the RIDs whose default space this is use a guest's PASID table, or none. */
function routeToTable(call: Call, space: Space, table: number | undefined): void {
  const { machine } = call;
  for (const [device] of space.users.entries()) {
    if (machine.device(device).defaults.at(-1)?.space !== space.number) continue;
    const { wire, category } = machine.platform.devices[device]!;
    if (category !== 1) useGuestTable(machine, wire, table);
  }
}
