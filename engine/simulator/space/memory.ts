import {
  type Address,
  add,
  overlaps,
  previous,
  type Range,
  RangeMap,
  subtract,
} from "../../address/index.js";
import type { Call } from "../call.js";
import type { Origin } from "../platform.js";
import type { Refusal } from "../refusal.js";

/** Virtual addresses of a part of a memory; `undefined` when it passes the memory's end. */
function virtualRange(call: Call, index: number, offset: Address, length: Address): Range | undefined {
  const memory = call.machine.platform.memories[index]!;
  const start = add(memory.virtual.start, offset);
  const last = start && add(start, previous(length));
  return last && { start, last };
}

/**
 * IOASID_REGISTER_MEMORY (RFC v1): pins and accounts once. From the first one on, every MAP of the owner
 * must lie in what is registered (U008).
 * @returns U007 EFAULT outside the memory, U011 EEXIST when part of it is registered already
 */
export function register(
  call: Call,
  owner: number,
  index: number,
  offset: Address,
  length: Address,
): Refusal | undefined {
  const { machine } = call;
  const memory = machine.platform.memories[index]!;
  const range = virtualRange(call, index, offset, length);
  if (!range || memory.owner !== owner) {
    const name = machine.platform.owners[owner]!.name;
    return call.refuse("U007", "EFAULT", { space: "memory registration", target: memory.name, owner: name });
  }
  const existing = machine.owner(owner).registered?.overlapping(range);
  if (existing) {
    return call.refuse("U011", "EEXIST", { memory: memory.name }, [
      { origin: existing.origin, note: `${memory.name} was registered here` },
    ]);
  }
  const own = machine.ownOwner(owner);
  own.registered ??= RangeMap.empty(machine.epoch);
  own.registered.insert(range, range.start, 0, call.origin);
  return undefined;
}

/**
 * IOASID_UNREGISTER_MEMORY: exactly what one call registered.
 * @returns U010 ENOENT, or U009 EBUSY while a root of the owner maps any of it
 */
export function unregister(
  call: Call,
  owner: number,
  index: number,
  offset: Address,
  length: Address,
): Refusal | undefined {
  const { machine } = call;
  const memory = machine.platform.memories[index]!;
  const range = virtualRange(call, index, offset, length);
  const { registered } = machine.owner(owner);
  if (!range || !registered?.overlapping(range) || registered.cut(range)) {
    return call.refuse("U010", "ENOENT", { memory: memory.name });
  }
  const user = mappedBy(call, owner, range);
  if (user) {
    return call.refuse("U009", "EBUSY", { memory: memory.name, space: user.space }, [
      { origin: user.origin, note: `${user.space} maps it here` },
    ]);
  }
  machine.ownOwner(owner).registered!.remove(range);
  return undefined;
}

function mappedBy(call: Call, owner: number, range: Range): { space: string; origin: Origin } | undefined {
  for (const [, space] of call.machine.spaces.entries()) {
    if (space.owner !== owner || space.kind !== "root") continue;
    for (const mapping of space.ranges.entries()) {
      const last = add(mapping.target, subtract(mapping.last, mapping.start))!;
      if (overlaps({ start: mapping.target, last }, range)) {
        return { space: space.name, origin: mapping.origin };
      }
    }
  }
  return undefined;
}
