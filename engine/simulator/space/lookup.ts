import type { Call } from "../call.js";
import { ownerName } from "../describe.js";
import type { Machine } from "../machine.js";
import type { Refusal } from "../refusal.js";
import type { Space } from "../state.js";

/**
 * The space that a call of `owner` names.
 * @returns U014 ENOENT when there is none by now, P026 ENOENT when it lives in another owner's fd
 */
export function findSpace(call: Call, owner: number, number: number, name = "the IOASID"): Space | Refusal {
  const { machine } = call;
  const space = machine.spaces.get(number);
  if (!space) return call.refuse("U014", "ENOENT", { space: name, freed: machine.freed.has(number) });
  if (space.owner !== owner) {
    const args = {
      space: space.name,
      owner: ownerName(machine.platform, owner),
      holder: ownerName(machine.platform, space.owner),
      nesting: false,
    };
    return call.refuse("P026", "ENOENT", args, [
      { origin: space.origin, note: `${space.name} is an IOASID of ${args.holder}` },
    ]);
  }
  return space;
}

/** Whether `number` is `ancestor` or nested on it, at any depth. */
export function isWithin(machine: Machine, number: number, ancestor: number): boolean {
  for (let at = number; at >= 0; at = machine.spaces.get(at)?.parent ?? -1) {
    if (at === ancestor) return true;
  }
  return false;
}

/** The kernel builds the table of this space from MAP and UNMAP. */
export function isKernelManaged(space: Space): boolean {
  return space.kind === "root" || space.kind === "shadow";
}
