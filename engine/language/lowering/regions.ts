import { type Address, compare, contains, lengthOf, subtract, toHex, ZERO } from "../../address/index.js";
import type { Memory, Target } from "../../simulator/index.js";
import type { NumberLiteral, Region, Target as TargetNode } from "../syntax/index.js";
import type { Lookup, Place } from "./place.js";

/** A part of a memory. Without a length it is a single place. */
export interface LoweredRegion {
  readonly memory: number;
  readonly offset: Address;
  readonly length: Address | undefined;
}

/**
 * A region as it is written: `NAME` is the place at offset 0, and has a length only where one is written.
 * @returns `undefined` when a part of it is missing or unknown, which is reported by someone
 */
export function lowerRegion(lookup: Lookup, place: Place, region: Region): LoweredRegion | undefined {
  const memory = lookup.memory(place, region.memory)?.index;
  if (memory === undefined) return undefined;
  const { index } = region;
  if (!index) return region.bracketed ? undefined : { memory, offset: ZERO, length: undefined };
  if (index.kind === "number") return index.value && { memory, offset: index.value, length: undefined };
  return index.value && { memory, offset: index.value.start, length: lengthOf(index.value) };
}

/** The same, but a place outside the memory is reported. */
export function lowerInside(
  lookup: Lookup,
  place: Place,
  memories: readonly Memory[],
  region: Region,
): LoweredRegion | undefined {
  const lowered = lowerRegion(lookup, place, region);
  if (!lowered) return undefined;
  const memory = memories[lowered.memory]!;
  const whole = { start: ZERO, last: subtract(memory.virtual.last, memory.virtual.start) };
  const rest = subtract(whole.last, contains(whole, lowered.offset) ? lowered.offset : ZERO);
  const inside =
    contains(whole, lowered.offset) && (!lowered.length || compare(subtract(lowered.length, ONE), rest) <= 0);
  if (inside) return lowered;
  const facts = { memory: memory.name, offset: toHex(lowered.offset), last: toHex(whole.last) };
  const span = { file: place.file, start: region.start, end: region.end };
  const declared = lookup.context.origins[memory.origin]!;
  lookup.context.reporter.report("S061", facts, span, [
    { span: declared, message: `${memory.name} is declared here` },
  ]);
  return undefined;
}

const ONE: Address = { page: 0, offset: 1 };

/** What is left of a memory from an offset in it; the whole memory is shorter than 2^64. */
export function restOf(memory: Memory, offset: Address): Address {
  return subtract(lengthOf(memory.virtual) ?? memory.virtual.last, offset);
}

/** Where a `map` or a `pte` leads: a memory of the owner, or a number. */
export function lowerTarget(
  lookup: Lookup,
  place: Place,
  target: TargetNode | undefined,
): Target | undefined {
  if (!target) return undefined;
  if (target.kind === "number") return addressTarget(target);
  const region = lowerRegion(lookup, place, target);
  if (!region) return undefined;
  const { memory, offset, length } = region;
  return length ? { kind: "memory", memory, offset, length } : { kind: "memory", memory, offset };
}

function addressTarget({ value }: NumberLiteral): Target | undefined {
  return value && { kind: "address", address: value };
}
