import { type Definition, platformIndex } from "../../language/index.js";
import type { Machine } from "../../simulator/index.js";

/** Index of what a name stands for in its array of the platform, when it is a name and was understood. */
export function indexOf(definition: Definition | undefined): number | undefined {
  return definition && platformIndex(definition);
}

type Space = Exclude<ReturnType<Machine["spaces"]["get"]>, undefined>;

/** The IOASID that a name stands for on a machine; `undefined` before it is made and after it is freed. */
export function spaceOn(machine: Machine, space: Definition | undefined): Space | undefined {
  const number = indexOf(space);
  return number === undefined ? undefined : machine.spaces.get(number);
}

/** The IOASIDs of machines by owner. */
const spaces = new WeakMap<Machine, ReadonlyMap<number, readonly Space[]>>();

/** The IOASIDs of an owner, in the order in which the file names them. @param machine which nobody writes to */
export function spacesOf(machine: Machine, owner: number): readonly Space[] {
  let byOwner = spaces.get(machine);
  if (!byOwner) {
    const found = new Map<number, Space[]>();
    machine.spaces.forEach((space) => {
      const list = found.get(space.owner);
      if (list) list.push(space);
      else found.set(space.owner, [space]);
    });
    byOwner = found;
    spaces.set(machine, byOwner);
  }
  return byOwner.get(owner) ?? [];
}
