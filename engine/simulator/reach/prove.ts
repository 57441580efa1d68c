import { type Address, add, contains, RangeSet, subtract } from "../../address/index.js";
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
