import {
  type Address,
  add,
  compare,
  fromBytes,
  PAGE_SIZE,
  parseHex,
  subtract,
  toHex,
} from "../../address/index.js";
import { type Machine, ownerOfPhysical, READ, traceAddress, WRITE } from "../../simulator/index.js";
import type { Problem } from "../query/answer.js";
import { QueryReader } from "../query/reader.js";
import { accessText } from "../state-words.js";

/** Where memory is looked at: in host-physical memory, or through a space. */
export interface MemoryPlace {
  /** Number of the space; `undefined` for host-physical memory. */
  readonly space: number | undefined;
  readonly address: Address;
}

/** A run of addresses within one page, and the memory behind it. */
export interface MemoryRun {
  readonly address: Address;
  readonly length: number;
  /** Host-physical address of the first byte; `undefined` where no memory lies behind. */
  readonly physical: Address | undefined;
  /** READ, WRITE and EXEC bits of the space; all of them for host-physical memory. */
  readonly access: number;
}

/** The reference of a place, as clients keep it: `0x100000000`, or `vm0.gva:0x1000` for an address of a space. */
export function memoryReference(address: Address, space?: string): string {
  return space === undefined ? toHex(address) : `${space}:${toHex(address)}`;
}

/**
 * Reads a reference.
 * @param offset bytes to add, also negative ones
 */
export function placeOf(machine: Machine, reference: string, offset: number): MemoryPlace | Problem {
  const [, name, digits = ""] = /^(?:(.+):)?(0x[0-9a-f]+)$/i.exec(reference) ?? [];
  const base = parseHex(digits);
  if (!base)
    return { problem: `"${reference}" is no place in memory, as 0x100000000 or vm0.gpa:0x1000 are.` };
  const address = moved(base, offset);
  if (!address) return { problem: `${offset} bytes from ${toHex(base)} there is no address.` };
  if (name === undefined) return { space: undefined, address };
  const space = new QueryReader("", machine).space(name);
  if (space === undefined) return { problem: `There is no space "${name}" at this moment.` };
  return { space, address };
}

function moved(base: Address, offset: number): Address | undefined {
  if (offset >= 0) return add(base, fromBytes(offset));
  const back = fromBytes(-offset);
  return compare(back, base) <= 0 ? subtract(base, back) : undefined;
}

/** The runs of some bytes, page by page, up to the end of the address space. */
export function* runsOf(machine: Machine, place: MemoryPlace, length: number): IterableIterator<MemoryRun> {
  let address: Address | undefined = place.address;
  for (let left = length; left > 0 && address; ) {
    const size = Math.min(left, PAGE_SIZE - address.offset);
    yield { address, length: size, ...behind(machine, place.space, address) };
    left -= size;
    address = add(address, fromBytes(size));
  }
}

function behind(
  machine: Machine,
  space: number | undefined,
  address: Address,
): Pick<MemoryRun, "physical" | "access"> {
  if (space === undefined) {
    return { physical: ownerOfPhysical(machine, address) && address, access: READ | WRITE };
  }
  const { steps, physical } = traceAddress(machine, space, address);
  return { physical, access: steps.reduce((all, { access }) => all & access, READ | WRITE) };
}

/** Why nothing can be written to a run; `undefined` where it can. */
export function writeProblem({ address, physical, access }: MemoryRun): string | undefined {
  if (!physical) return `There is no memory behind ${toHex(address)}.`;
  if (access & WRITE) return undefined;
  return `${toHex(address)} is mapped ${accessText(access)}: no device could write there.`;
}
