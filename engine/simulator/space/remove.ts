import { flushSpace } from "../dma/iotlb.js";
import type { Machine } from "../machine.js";

/** Takes a space that nothing uses away: no translation that it made outlives it. */
export function removeSpace(machine: Machine, number: number): void {
  const space = machine.spaces.get(number)!;
  flushSpace(machine, number);
  machine.ownOwner(space.owner).handles.delete(space.id);
  if (space.parent >= 0 && machine.spaces.has(space.parent)) {
    machine.ownSpace(space.parent).children.delete(number);
  }
  machine.removeSpace(number);
}
