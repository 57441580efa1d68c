import { type Address, add, contains, subtract } from "../../address/index.js";
import type { Machine } from "../machine.js";
import type { Origin } from "../platform.js";
import { backing, memoryAt } from "./compose.js";

/** One space on the way of an address: what it maps the address to. */
export interface TraceStep {
  /** Number of the space. */
  readonly space: number;
  readonly input: Address;
  /** Address of the parent, or virtual address of the owner; `undefined` where nothing is mapped. */
  readonly output: Address | undefined;
  /** READ, WRITE and EXEC of the mapping; 0 where there is none. */
  readonly access: number;
  /** The statement that mapped it. */
  readonly origin: Origin | undefined;
}

/** Where an address of a space leads by what is mapped, whatever any cache still has of it. */
export interface Trace {
  /** The space itself first, then its parents; the last one may map nothing. */
  readonly steps: readonly TraceStep[];
  /** Host-physical address; `undefined` where a space maps nothing, or no memory lies behind. */
  readonly physical: Address | undefined;
  /** Index of the memory that holds it. */
  readonly memory: number | undefined;
}

/**
 * Follows an address of a space through its parents to host-physical memory.
 * @param number of the space; one that is not there maps nothing
 */
export function traceAddress(machine: Machine, number: number, address: Address): Trace {
  const steps: TraceStep[] = [];
  let input = address;
  for (let at = number; ; ) {
    const space = machine.spaces.get(at);
    const mapping = space?.ranges.find(input);
    const output = mapping && add(mapping.target, subtract(input, mapping.start));
    steps.push({ space: at, input, output, access: mapping?.access ?? 0, origin: mapping?.origin });
    if (!space || !output) return { steps, physical: undefined, memory: undefined };
    if (space.parent < 0) return { steps, ...behind(machine, space.owner, output) };
    at = space.parent;
    input = output;
  }
}

/** Host-physical memory behind a virtual address of an owner. */
export function behind(
  { platform }: Machine,
  owner: number,
  virtual: Address,
): Pick<Trace, "physical" | "memory"> {
  const [piece] = backing(platform, owner, { start: virtual, last: virtual });
  return { physical: piece?.physical, memory: piece?.memory };
}

/** The memory that holds a host-physical address, and the virtual address of its owner there. */
export function ownerOfPhysical(
  { platform }: Machine,
  physical: Address,
): { readonly memory: number; readonly virtual: Address } | undefined {
  const memory = memoryAt(platform, physical);
  const found = memory === undefined ? undefined : platform.memories[memory];
  const virtual = found && add(found.virtual.start, subtract(physical, found.physical));
  return memory === undefined || !found || !virtual || !contains(found.virtual, virtual)
    ? undefined
    : { memory, virtual };
}
