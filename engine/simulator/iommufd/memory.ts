import { type Address, add, compare, next, PAGE_SIZE } from "../../address/index.js";
import type { Machine } from "../machine.js";
import { memoriesOf } from "../space/compose.js";

/**
 * Whether the pages behind a virtual range of an owner can be pinned: all of it is memory, and each page of
 * it is a page of the host too.
 * @param start virtual address of the owner
 * @param span the last byte's distance from the first
 */
export function isPinnable({ platform }: Machine, owner: number, start: Address, span: Address): boolean {
  const end = add(start, span);
  if (!end) return false;
  let at: Address = { page: start.page, offset: 0 };
  // Memories of one owner never overlap, so each goes on where the one before it ends, or there is a hole.
  for (const index of memoriesOf(platform, owner)) {
    const { virtual, physical } = platform.memories[index]!;
    const { last } = virtual;
    if (compare(last, at) < 0) continue;
    if (compare(virtual.start, at) > 0 || physical.offset !== virtual.start.offset) return false;
    if (last.page > end.page || (last.page === end.page && last.offset === PAGE_SIZE - 1)) return true;
    at = next(last);
  }
  return false;
}
