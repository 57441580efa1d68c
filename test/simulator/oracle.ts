import { toBigInt } from "../../engine/address/index.js";
import type { Machine, Platform } from "../../engine/simulator/index.js";
import { READ } from "../../engine/simulator/index.js";

/** What the naive model says of one request: host-physical address, or `undefined` for any fault. */
export type Reached = bigint | undefined;

/**
 * Translates as a person would with paper: list the mappings, look through them one by one, in BigInt. It
 * shares no code with the engine's walk: no page table, no IOTLB, no range search.
 * @param pasid on the wire
 */
export function naiveTranslate(
  machine: Machine,
  wire: number,
  pasid: number | undefined,
  address: bigint,
  access: number,
): Reached {
  const { platform } = machine;
  const device = platform.devices[wire]!;
  const iommu = platform.iommus[device.iommu]!;
  if (pasid !== undefined && (device.pasidWidth === 0 || iommu.pasidWidth === 0)) return undefined;
  if (iommu.reserved.some((range) => toBigInt(range.start) <= address && address <= toBigInt(range.last))) {
    return undefined;
  }
  const space = entrySpace(machine, wire, pasid);
  if (space === undefined) return undefined;
  if (space.process !== undefined) return processMemory(platform, space.process, address, iommu.addressWidth);
  return spaceTarget(machine, space.space, address, access, iommu.addressWidth);
}

function entrySpace(
  machine: Machine,
  wire: number,
  pasid: number | undefined,
): { space: number; process: undefined } | { space: undefined; process: number } | undefined {
  const { platform } = machine;
  const iommu = platform.iommus[platform.devices[wire]!.iommu]!;
  const state = machine.device(wire);
  if (state.guestTable !== undefined) {
    const table = machine.spaces.get(state.guestTable)!;
    if (pasid === undefined && iommu.noPasid === "terminate") return undefined;
    if (pasid === undefined && iommu.noPasid === "bypass") return { space: table.parent, process: undefined };
    const { at } = table.table ?? {};
    if (at && spaceTarget(machine, table.parent, toBigInt(at), READ, iommu.addressWidth) === undefined) {
      return undefined;
    }
    const entry = table.entries.get(pasid ?? 0);
    return entry && { space: entry.space, process: undefined };
  }
  const entry = state.entries.get(pasid ?? 0);
  if (!entry) return undefined;
  return entry.space < 0
    ? { space: undefined, process: entry.process }
    : { space: entry.space, process: undefined };
}

function spaceTarget(
  machine: Machine,
  number: number,
  address: bigint,
  access: number,
  width: number,
): Reached {
  const space = machine.spaces.get(number);
  if (!space || space.kind === "unbound" || space.kind === "pasid-table") return undefined;
  const top = 1n << BigInt(width);
  const canonical = address < top / 2n || address >= (1n << 64n) - top / 2n;
  if (space.kind === "page-table" ? !canonical : address >= top) return undefined;
  if (space.kind === "page-table" && space.table?.at) {
    const parent = space.parent;
    if (spaceTarget(machine, parent, toBigInt(space.table.at), READ, width) === undefined) return undefined;
  }
  for (const mapping of space.ranges.entries()) {
    const start = toBigInt(mapping.start);
    if (address < start || address > toBigInt(mapping.last)) continue;
    if ((mapping.access & access) !== access) return undefined;
    const target = toBigInt(mapping.target) + (address - start);
    if (space.parent >= 0) return spaceTarget(machine, space.parent, target, access, width);
    return memoryOf(machine.platform, space.owner, target);
  }
  return undefined;
}

function memoryOf(platform: Platform, owner: number, virtual: bigint): Reached {
  for (const memory of platform.memories) {
    if (memory.owner !== owner) continue;
    const start = toBigInt(memory.virtual.start);
    if (start <= virtual && virtual <= toBigInt(memory.virtual.last)) {
      return toBigInt(memory.physical) + (virtual - start);
    }
  }
  return undefined;
}

function processMemory(platform: Platform, process: number, address: bigint, width: number): Reached {
  const top = 1n << BigInt(width);
  if (address >= top / 2n && address < (1n << 64n) - top / 2n) return undefined;
  return memoryOf(platform, process, address);
}
