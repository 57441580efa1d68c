import { type Address, add, type Range } from "../../address/index.js";
import type { Machine } from "../machine.js";
import { backing } from "../space/compose.js";

/**
 * Whether the pages behind a virtual range of an owner can be pinned: all of it is memory, and each page of
 * it is a page of the host too.
 * @param start virtual address of the owner
 * @param span the last byte's distance from the first
 */
export function isPinnable(machine: Machine, owner: number, start: Address, span: Address): boolean {
  const last = add(start, span);
  if (!last) return false;
  const range: Range = {
    start: { page: start.page, offset: 0 },
    last: { page: last.page, offset: 4095 },
  };
  let next: Address | undefined = range.start;
  for (const { virtual, physical } of backing(machine.platform, owner, range)) {
    if (!next || virtual.start.page !== next.page || virtual.start.offset !== next.offset) return false;
    if (physical.offset !== virtual.start.offset) return false;
    if (virtual.last.page === last.page && virtual.last.offset === 4095) return true;
    next = add(virtual.last, { page: 0, offset: 1 });
  }
  return false;
}
