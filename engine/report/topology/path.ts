import { wireOf } from "../../language/index.js";
import type { Machine, Operation, Outcome, Stage } from "../../simulator/index.js";
import {
  deviceId,
  hostProcessId,
  kvmId,
  memoryId,
  ownerId,
  pasidId,
  processId,
  ridId,
  spaceId,
} from "./ids.js";
import type { TopologyPath, TopologyStage } from "./types.js";

/** A request, and what came or would come of it with its stages recorded. */
export interface TopologyRequest {
  readonly operation: Operation;
  readonly outcome: Outcome;
}

/** What a request has been to, in the words of the picture. */
interface Way {
  readonly machine: Machine;
  readonly operation: Extract<Operation, { kind: "dma" | "enqcmd" | "enqcmds" }>;
  readonly outcome: Outcome;
}

/** The way of a request through the machine, stage by stage; `undefined` for what is no request. */
export function pathOf(machine: Machine, { operation, outcome }: TopologyRequest): TopologyPath | undefined {
  if (operation.kind !== "dma" && operation.kind !== "enqcmd" && operation.kind !== "enqcmds")
    return undefined;
  const way: Way = { machine, operation, outcome };
  const seen = new Set<string>();
  const stages = (outcome.stages ?? []).map((stage, index): TopologyStage => {
    const all = [...(index === 0 ? startOf(way) : []), ...nodesOf(way, stage)];
    // The last one is what the stage is about, wherever the request has been before.
    const nodes = all.filter((id, at) => at === all.length - 1 || !seen.has(id));
    for (const id of nodes) seen.add(id);
    return { kind: stage.kind, text: stage.text, nodes };
  });
  return { stages, failed: outcome.kind !== "reached" };
}

/** Who asks, before any stage. */
function startOf({ machine, operation }: Way): string[] {
  if (operation.kind === "enqcmd") {
    const { owner } = machine.platform.processes[operation.process]!;
    return [ownerId(owner), processId(operation.process)];
  }
  return operation.kind === "enqcmds" ? [ownerId(operation.owner)] : [];
}

function nodesOf(way: Way, { kind }: Stage): string[] {
  const { machine, operation, outcome } = way;
  const { wire } = machine.platform.devices[operation.device]!;
  switch (kind) {
    case "device":
    case "driver-table":
      return [deviceId(operation.device)];
    case "cpu-directory":
    case "cpu-table":
      return slotOf(way);
    case "iotlb":
    case "context":
      return [ridId(wire)];
    case "pasid-directory":
    case "pasid-table":
      return entryOf(way, wire);
    case "table":
      return tableOf(way, wire);
    case "first":
    case "second":
      return spacesOf(way, wire, kind);
    case "result":
      return outcome.kind === "reached" && outcome.memory !== undefined ? [memoryId(outcome.memory)] : [];
    default:
      return [];
  }
}

/** The slot of the VM's table that the CPU reads, which may be empty. */
function slotOf({ machine, operation }: Way): string[] {
  if (operation.kind === "enqcmds") return [kvmId(operation.owner, operation.pasid)];
  if (operation.kind !== "enqcmd") return [];
  const pasid = machine.processPasids.get(operation.process);
  const { owner } = machine.platform.processes[operation.process]!;
  return pasid === undefined ? [] : [kvmId(owner, pasid)];
}

/** PASID of the TLP; `undefined` for a request without one. */
function onWire({ outcome }: Way): number | undefined {
  return wireOf(outcome)?.pasid;
}

/** The entry that the IOMMU reads, which may be missing. Requests without a PASID have a way of their own. */
function entryOf(way: Way, wire: number): string[] {
  const pasid = onWire(way);
  const { guestTable } = way.machine.device(wire);
  if (guestTable !== undefined) return [spaceId(guestTable)];
  return pasid === undefined ? [] : [pasidId(wire, pasid)];
}

function tableOf(way: Way, wire: number): string[] {
  const { guestTable } = way.machine.device(wire);
  return guestTable === undefined ? spacesOf(way, wire, "first") : [spaceId(guestTable)];
}

/** The space whose table is walked: the one that the entry leads to, or for the second stage its root. */
function spacesOf(way: Way, wire: number, stage: "first" | "second"): string[] {
  const { machine } = way;
  const { entries, guestTable } = machine.device(wire);
  const slot = onWire(way) ?? 0;
  const entry = entries.get(slot);
  const table = guestTable === undefined ? undefined : machine.spaces.get(guestTable);
  const number = table ? (table.entries.get(slot)?.space ?? table.parent) : (entry?.space ?? -1);
  if (number < 0) return entry ? [hostProcessId(entry.process)] : [];
  if (stage === "first") return [spaceId(number)];
  const chain: number[] = [];
  for (let at = number; at >= 0; at = machine.spaces.get(at)?.parent ?? -1) chain.push(at);
  return chain.map(spaceId);
}
