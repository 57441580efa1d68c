import {
  type Address,
  add,
  compare,
  equal,
  formatRange,
  next,
  PAGE_SIZE,
  type Range,
  subtract,
} from "../../address/index.js";
import type { Call } from "../call.js";
import { READ, WRITE } from "../operation.js";
import type { Refusal } from "../refusal.js";
import { checkedRange, checkPinnable, WRITABLE_PAGES } from "./map.js";
import type { Access, Ioas } from "./objects.js";
import { alignmentOf, checkAreasAlignment } from "./range-rules.js";
import { get, put, remove } from "./table.js";

/** A user of an IOAS in the kernel, as it asks for itself. */
export interface AccessRequest {
  readonly owner: number;
  readonly number: number;
  readonly name: string;
  /** It pins pages, so IOVAs have to be made of whole pages. */
  readonly pins: boolean;
}

/**
 * Makes an access and attaches it to an IOAS (`iommufd_access_create` and `_attach`).
 * @returns U119 EADDRINUSE for an area that is not made of whole pages
 */
export function createAccess(call: Call, request: AccessRequest, ioas: Ioas): Refusal | undefined {
  const refusal = checkJoin(call, request.pins, request.name, ioas);
  if (refusal) return refusal;
  put(call.machine, {
    type: "access",
    ...request,
    // The driver is a user of its access until it closes it.
    users: 1,
    origin: call.origin,
    ioas: ioas.number,
    pinned: [],
    nextItem: 0,
  });
  join(call, request.number, ioas);
  return undefined;
}

function checkJoin(call: Call, pins: boolean, name: string, ioas: Ioas): Refusal | undefined {
  return pins ? checkAreasAlignment(call, ioas, PAGE_SIZE, `${name}, which pins whole pages`) : undefined;
}

function join(call: Call, access: number, ioas: Ioas): void {
  const { machine } = call;
  const changed = { ...ioas, users: ioas.users + 1, accesses: [...ioas.accesses, access] };
  put(machine, { ...changed, alignment: alignmentOf(machine, changed) });
}

function leave(call: Call, access: Access): void {
  const { machine } = call;
  const ioas = get(machine, access.ioas, "ioas");
  const accesses = ioas.accesses.filter((number) => number !== access.number);
  const changed = { ...ioas, users: ioas.users - 1, accesses };
  put(machine, { ...changed, alignment: alignmentOf(machine, changed) });
}

/**
 * Moves an access to another IOAS (`iommufd_access_replace`); what it has pinned it lets go.
 * @returns U119 EADDRINUSE
 */
export function replaceAccess(call: Call, access: Access, ioas: Ioas): Refusal | undefined {
  if (access.ioas === ioas.number) return undefined;
  const refusal = checkJoin(call, access.pins, access.name, ioas);
  if (refusal) return refusal;
  leave(call, access);
  put(call.machine, { ...access, ioas: ioas.number, pinned: [] });
  join(call, access.number, ioas);
  return undefined;
}

/** Ends an access, with all that it has pinned. */
export function destroyAccess(call: Call, access: Access): void {
  leave(call, access);
  remove(call.machine, access.number);
}

/** A part of an area that an access reaches. */
export interface AccessPiece {
  /** Virtual address of the owner. */
  readonly start: Address;
  /** Last byte, of the same memory. */
  readonly last: Address;
}

/** What an access asked for, as far as it came. */
export interface AccessResult {
  readonly pieces: readonly AccessPiece[];
  readonly refusal: Refusal | undefined;
  /** The piece in which memory ended, for U110: what was written of it before stays written. */
  readonly broken?: AccessPiece;
}

/**
 * Reads or writes memory through an IOAS, without any IOMMU (`iommufd_access_rw`). The bytes are the
 * caller's: it is told where they are.
 * @returns the pieces that were good before a refusal ended the call, and the refusal: U115 EINVAL, U106
 *   EOVERFLOW, U143 EPERM, U110 EFAULT, U112 ENOENT
 */
export function readWrite(
  call: Call,
  access: Access,
  iova: Address,
  length: Address,
  write: boolean,
): AccessResult {
  const range = checkedRange(call, "iommufd_access_rw", iova, length);
  if ("rule" in range) return { pieces: [], refusal: range };
  return walkAreas(call, access, range, write, false);
}

/**
 * Pins pages of an IOAS (`iommufd_access_pin_pages`); they stay until the item is let go, or its IOVAs are
 * unmapped.
 * @returns the pieces, and U115 EINVAL, U106 EOVERFLOW, U143 EINVAL for a range that is not made of pages or
 *   EPERM, U110 EFAULT, U112 ENOENT
 */
export function pin(
  call: Call,
  access: Access,
  iova: Address,
  length: Address,
  write: boolean,
): AccessResult {
  const range = checkedRange(call, "iommufd_access_pin_pages", iova, length);
  if ("rule" in range) return { pieces: [], refusal: range };
  return walkAreas(call, access, range, write, true);
}

/** Keeps what `pin` gave as an item of the access. */
export function keepPin(call: Call, access: Access, range: Range): number {
  const item = access.nextItem;
  put(call.machine, { ...access, nextItem: item + 1, pinned: [...access.pinned, { ...range, item }] });
  return item;
}

/** Lets an item go; whether there was one. */
export function unpin(call: Call, access: Access, item: number): boolean {
  const pinned = access.pinned.filter((each) => each.item !== item);
  if (pinned.length === access.pinned.length) return false;
  put(call.machine, { ...access, pinned });
  return true;
}

function walkAreas(call: Call, access: Access, range: Range, write: boolean, pages: boolean): AccessResult {
  const ioas = get(call.machine, access.ioas, "ioas");
  const pieces: AccessPiece[] = [];
  let at = range.start;
  for (const area of ioas.areas.entries(range)) {
    if (compare(area.start, at) > 0) break;
    const isLast = compare(area.last, range.last) >= 0;
    const last = isLast ? range.last : area.last;
    const start = add(area.target, subtract(at, area.start))!;
    const end = add(area.target, subtract(last, area.start))!;
    const refuse = (errno: "EINVAL" | "EPERM", reason: string) =>
      call.refuse("U143", errno, { access: access.name, ioas: ioas.name, range: formatRange(range), reason });
    const endsPage = isLast || end.offset === PAGE_SIZE - 1;
    if (pages && (start.offset !== 0 || !endsPage)) {
      const reason = `${formatRange({ start, last: end })} of the memory is not made of whole pages`;
      return { pieces, refusal: refuse("EINVAL", reason) };
    }
    const permitted = write ? area.access & WRITE : area.access & READ;
    if (!permitted || (write && (area.access & WRITABLE_PAGES) === 0)) {
      const reason = `${formatRange(area)} is not mapped for ${write ? "writing" : "reading"}`;
      return { pieces, refusal: refuse("EPERM", reason) };
    }
    const fault = checkPinnable(call, ioas, start, subtract(end, start));
    if (fault) return { pieces, refusal: fault, broken: { start, last: end } };
    pieces.push({ start, last: end });
    if (equal(last, range.last)) return { pieces, refusal: undefined };
    at = next(last);
  }
  return {
    pieces,
    refusal: call.refuse("U112", "ENOENT", { ioas: ioas.name, range: formatRange(range) }),
  };
}
