import {
  type Address,
  add,
  contains,
  intersection,
  type Range,
  RangeSet,
  subtract,
} from "../../address/index.js";
import type { Machine } from "../machine.js";
import { EXEC, READ } from "../operation.js";
import type { Endpoint, Isolation, Reachability, Witness } from "../view.js";
import { piecesOf, type ReachPiece } from "./pieces.js";
import { sourcesOf } from "./sources.js";

function reachOf(machine: Machine, endpoint: Endpoint): ReachPiece[] {
  const pieces: ReachPiece[] = [];
  for (const source of sourcesOf(machine, endpoint)) {
    for (const piece of piecesOf(machine, source)) pieces.push(piece);
  }
  return pieces;
}

/**
 * Whether two endpoints have no host-physical byte in common, over all addresses they could issue
 * (`assert isolated`): installed table entries and live IOTLB entries count, permissions do not matter.
 * @returns a counterexample with both ways in when they share memory
 */
export function proveIsolated(machine: Machine, a: Endpoint, b: Endpoint): Isolation {
  const ofA = reachOf(machine, a);
  const ofB = reachOf(machine, b);
  const common = RangeSet.of(ofA.map((piece) => piece.physical)).intersect(
    RangeSet.of(ofB.map((piece) => piece.physical)),
  );
  const [shared] = common.ranges;
  if (!shared) return { isolated: true };
  return { isolated: false, shared, a: witness(ofA, shared.start), b: witness(ofB, shared.start) };
}

/**
 * Whether every byte of a memory region can be reached with the given access (`assert reaches`).
 * @param offset first byte of the region within the memory
 * @param access READ, WRITE and EXEC bits that must be permitted together
 * @returns the first part of the region that cannot be reached
 */
export function proveReaches(
  machine: Machine,
  from: Endpoint,
  memory: number,
  offset: Address,
  length: Address,
  access: number,
): Reachability {
  const start = add(machine.platform.memories[memory]!.physical, offset)!;
  const last = subtract(add(start, length)!, { page: 0, offset: 1 });
  const need = access & EXEC ? access | READ : access;
  const reached = RangeSet.of(
    reachOf(machine, from)
      .filter((piece) => (piece.access & need) === need)
      .map((piece) => piece.physical),
  );
  const missing = reached.firstMissing({ start, last });
  return missing ? { reached: false, missing } : { reached: true };
}

function witness(pieces: readonly ReachPiece[], physical: Address): Witness {
  const piece = pieces.find((candidate) => contains(candidate.physical, physical))!;
  return {
    device: piece.source.device,
    pasid: piece.source.pasid,
    address: add(piece.address, subtract(physical, piece.physical.start))!,
    physical,
    origins: piece.origins,
    cached: piece.cached,
  };
}

/** A run of host-physical memory that a device reaches, and how. */
export interface Way extends Witness {
  /** Host-physical bytes, within what was asked for. */
  readonly range: Range;
  /** READ, WRITE and EXEC bits that are permitted. */
  readonly access: number;
}

/**
 * Every way to a host-physical range: who can reach which part of it, over all addresses and PASIDs.
 * @param within host-physical addresses, both ends inclusive
 * @param from only what this endpoint reaches; every device when left out
 */
export function waysTo(machine: Machine, within: Range, from?: Endpoint): Way[] {
  const pieces = from ? reachOf(machine, from) : reachOfAll(machine);
  return pieces.flatMap((piece) => {
    const range = intersection(piece.physical, within);
    if (!range) return [];
    const { device, pasid } = piece.source;
    const address = add(piece.address, subtract(range.start, piece.physical.start))!;
    const { origins, cached, access } = piece;
    return [{ device, pasid, address, physical: range.start, range, access, origins, cached }];
  });
}

/** What all devices reach; an entry that a parent's table has for one of its slices counts for the slice. */
function reachOfAll(machine: Machine): ReachPiece[] {
  const seen = new Set<string>();
  const all = [...machine.platform.devices.entries()];
  const slicesFirst = [...all.filter(([, { category }]) => category !== undefined), ...all];
  return [...new Set(slicesFirst.map(([device]) => device))].flatMap((device) => {
    const pieces = [
      ...reachOf(machine, { kind: "device", device }),
      ...reachOf(machine, { kind: "any", device }),
    ];
    const isHost = machine.platform.devices[device]!.category === undefined;
    return pieces.filter(({ source: { wire, slot } }) => {
      const key = `${wire} ${slot}`;
      if (isHost && seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  });
}
