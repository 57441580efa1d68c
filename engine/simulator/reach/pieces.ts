import {
  type Address,
  add,
  MAX_ADDRESS,
  PAGE_LIMIT,
  type Range,
  subtract,
  without,
  ZERO,
} from "../../address/index.js";
import { registeredDefault } from "../device/relations.js";
import type { Machine } from "../machine.js";
import { EXEC, READ, WRITE } from "../operation.js";
import { streamOf, tableReach } from "../pasid/entries.js";
import type { Iommu, Origin } from "../platform.js";
import { backing, compose } from "../space/compose.js";
import type { Space, Stream } from "../state.js";
import { frameLimit } from "../table-shape.js";
import type { Source } from "./sources.js";

/** A run of host-physical memory that a source reaches. */
export interface ReachPiece {
  readonly source: Source;
  readonly physical: Range;
  /** Address that the device issues for the first byte. */
  readonly address: Address;
  readonly access: number;
  readonly origins: readonly Origin[];
  /** It comes from the IOTLB and not from a table. */
  readonly cached: boolean;
}

const EVERYTHING: Range = { start: ZERO, last: MAX_ADDRESS };

/**
 * All host-physical memory that a source reaches, exact over all addresses: the entry that its number has
 * in the RID's table, the PASID cache, and live IOTLB entries.
 */
export function piecesOf(machine: Machine, source: Source): ReachPiece[] {
  const { slot, wire } = source;
  if (slot === undefined) {
    const space = registeredDefault(machine, machine.device(source.device));
    return space === undefined ? [] : spacePieces(machine, source, space, [EVERYTHING]);
  }
  const { platform } = machine;
  const device = platform.devices[wire]!;
  const iommu = platform.iommus[device.iommu]!;
  // Entries that the context does not reach are never looked at, whatever an allowed P003 wrote there.
  if (!source.plain && slot >= tableReach(device, iommu)) return [];
  const stream = machine.device(wire).streams.get(streamOf(iommu, source.plain ? undefined : slot));
  const spaces = new Set<number>();
  const entry = tableEntry(machine, source, iommu);
  const pieces: ReachPiece[] = [];
  if (entry && entry.space >= 0) spaces.add(entry.space);
  if (entry && entry.space < 0) pieces.push(...processPieces(machine, source, iommu, entry.process));
  const delegated = machine.device(wire).guestTable !== undefined;
  if (delegated && !source.plain && stream?.cached && stream.space >= 0) spaces.add(stream.space);
  for (const space of spaces) {
    const firstStage = machine.spaces.get(space)?.kind === "page-table";
    pieces.push(...spacePieces(machine, source, space, inputRanges(iommu, firstStage)));
  }
  if (stream?.cached) {
    stream.iotlb.forEach((page, frames, target, access, origin) => {
      const first = unfolded(machine, iommu, stream, page);
      const cached = { start: { page: first, offset: 0 }, last: { page: first + frames - 1, offset: 4095 } };
      for (const input of withoutReserved(iommu, [cached])) {
        const start = add({ page: target, offset: 0 }, subtract(input.start, cached.start))!;
        pieces.push({
          source,
          address: input.start,
          physical: { start, last: add(start, subtract(input.last, input.start))! },
          access,
          origins: [origin],
          cached: true,
        });
      }
    });
  }
  return pieces;
}

/** The frame that a device issues for a frame of the IOTLB, where upper halves are folded under the width. */
function unfolded(machine: Machine, iommu: Iommu, stream: Stream, page: number): number {
  const upper = stream.firstStage && page >= frameLimit(iommu) / 2;
  return upper ? page + PAGE_LIMIT - machine.tableFrames : page;
}

function tableEntry(
  machine: Machine,
  { wire, slot, plain }: Source,
  iommu: Iommu,
): { space: number; process: number } | undefined {
  const state = machine.device(wire);
  if (state.guestTable !== undefined) {
    const table = machine.spaces.get(state.guestTable);
    if (!table) return undefined;
    if (plain && iommu.noPasid === "terminate") return undefined;
    if (plain && iommu.noPasid === "bypass") return { space: table.parent, process: -1 };
    const entry = isTableReadable(machine, table) ? table.entries.get(slot!) : undefined;
    return entry && { space: entry.space, process: -1 };
  }
  return state.entries.get(slot!);
}

/** Input addresses that a stage accepts on this IOMMU: canonical ones, or all below the width. */
function inputRanges(iommu: Iommu, firstStage: boolean): Range[] {
  const limit = frameLimit(iommu);
  const last = (page: number) => ({ page: page - 1, offset: 4095 });
  return withoutReserved(
    iommu,
    firstStage
      ? [
          { start: ZERO, last: last(limit / 2) },
          { start: { page: PAGE_LIMIT - limit / 2, offset: 0 }, last: MAX_ADDRESS },
        ]
      : [{ start: ZERO, last: last(limit) }],
  );
}

function withoutReserved(iommu: Iommu, ranges: Range[]): Range[] {
  return iommu.reserved.reduce((left, reserved) => left.flatMap((range) => without(range, reserved)), ranges);
}

function spacePieces(
  machine: Machine,
  source: Source,
  number: number,
  inputs: readonly Range[],
): ReachPiece[] {
  const space = machine.spaces.get(number);
  if (!space || space.kind === "unbound" || space.kind === "pasid-table") return [];
  if (space.kind === "page-table" && !isTableReadable(machine, space)) return [];
  return inputs.flatMap((input) =>
    compose(machine, space, input).map((piece) => ({
      source,
      address: piece.input.start,
      physical: {
        start: piece.physical,
        last: add(piece.physical, subtract(piece.input.last, piece.input.start))!,
      },
      // A second stage has no execute bit: what can be read can be executed.
      access: space.kind === "page-table" || !(piece.access & READ) ? piece.access : piece.access | EXEC,
      origins: piece.origins,
      cached: false,
    })),
  );
}

/** Whether the IOMMU can read a guest's table through the parent, from its first byte. */
function isTableReadable(machine: Machine, space: Space): boolean {
  const at = space.table?.at;
  if (!at) return true;
  const parent = machine.spaces.get(space.parent);
  const pieces = parent ? compose(machine, parent, { start: at, last: at }) : [];
  return pieces.some((piece) => piece.access & READ);
}

function processPieces(machine: Machine, source: Source, iommu: Iommu, process: number): ReachPiece[] {
  const { platform } = machine;
  return inputRanges(iommu, true).flatMap((input) =>
    backing(platform, process, input).map((piece) => ({
      source,
      address: piece.virtual.start,
      physical: {
        start: piece.physical,
        last: add(piece.physical, subtract(piece.virtual.last, piece.virtual.start))!,
      },
      access: READ | WRITE,
      origins: [platform.memories[piece.memory]!.origin],
      cached: false,
    })),
  );
}
