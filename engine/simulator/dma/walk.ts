import { type Address, formatSize, type Leaf, toHex } from "../../address/index.js";
import { qualifiedSpaceName } from "../describe.js";
import { type Fault, type FaultName, type FaultStage, iommuFault } from "../fault.js";
import type { Machine } from "../machine.js";
import { accessLetters, EXEC, READ, WRITE } from "../operation.js";
import type { Iommu } from "../platform.js";
import { backing } from "../space/compose.js";
import type { Space } from "../state.js";
import { frameLimit, tableFrame } from "../table-shape.js";
import { type Request, readTable } from "./pasid-entry.js";
import type { Recorder } from "./recorder.js";
import type { Translation } from "./translation.js";

/** The leaves that a walk translated, for the IOTLB, with the permissions of all stages. */
export interface Block {
  readonly page: number;
  readonly frames: number;
  readonly target: number;
  readonly access: number;
  readonly origin: number;
}

/** Permission bits that an access needs of a first stage; executing also reads. */
export function needed(access: number): number {
  return access & EXEC ? EXEC | READ : access;
}

/**
 * Walks the page tables of a space for one request: second stage alone for kernel-built tables, first and
 * second for a guest's (PGTT 2 and 3 of a VT-d PASID entry). The result is left in `machine.translation`.
 * @returns the block to cache, or the fault
 */
export function walk(machine: Machine, request: Request, number: number, recorder?: Recorder): Block | Fault {
  const { iommu: index } = machine.platform.devices[request.wire]!;
  const iommu = machine.platform.iommus[index]!;
  const space = machine.spaces.get(number);
  const fail = (name: FaultName, stage: FaultStage, address = request.address) =>
    iommuFault(iommu, name, stage, address, (request.access & WRITE) !== 0);
  if (!space || space.kind === "unbound" || space.kind === "pasid-table") {
    const text = `${qualifiedSpaceName(machine, number)} has no page table; one has to be bound to it`;
    recorder?.stage("first", text, space?.origin);
    return fail("not-mapped", "first");
  }
  return space.kind === "page-table"
    ? walkNested(machine, request, iommu, space, fail, recorder)
    : walkSecond(machine, request, iommu, space, fail, recorder);
}

type Fail = (name: FaultName, stage: FaultStage, address?: Address) => Fault;

function walkSecond(
  machine: Machine,
  request: Request,
  iommu: Iommu,
  space: Space,
  fail: Fail,
  recorder: Recorder | undefined,
): Block | Fault {
  const { translation } = machine;
  const { address } = request;
  if (address.page >= frameLimit(iommu)) {
    recorder?.stage("second", widthText(iommu, address), iommu.origin);
    return fail("beyond-width", "second");
  }
  const { leaf } = translation;
  const mapped = space.pages.lookup(address.page, leaf);
  if (recorder) recordLevels(recorder, "second", space, address.page, leaf);
  if (!mapped) return fail("not-mapped", "second");
  // A second stage has no execute bit: an execute request reads.
  const need = request.access & EXEC ? READ : request.access;
  recorder?.stage("permission", permissionText(leaf.access, need), leaf.origin);
  if ((leaf.access & need) !== need) return fail("no-access", "second");
  const left = rest(request, leaf.frames, () => space.pages.runLeft(address.page));
  return block(translation, address.page, leaf.frames, left, leaf.target, leaf.access | EXEC, leaf.origin);
}

function walkNested(
  machine: Machine,
  request: Request,
  iommu: Iommu,
  space: Space,
  fail: Fail,
  recorder: Recorder | undefined,
): Block | Fault {
  const { translation } = machine;
  const { leaf, parentLeaf } = translation;
  const { address } = request;
  const parent = machine.spaces.get(space.parent);
  const limit = frameLimit(iommu);
  if (!isCanonical(address.page, limit)) {
    recorder?.stage("first", canonicalText(iommu, address), iommu.origin);
    return fail("not-canonical", "first");
  }
  const at = space.table?.at;
  if (at && !readTable(machine, space, at, "first-stage table", recorder)) {
    return fail("table-not-mapped", "nested", at);
  }
  const page = tableFrame(machine.platform, address.page);
  const mapped = space.pages.lookup(page, leaf);
  if (recorder) recordLevels(recorder, "first", space, page, leaf);
  if (!mapped) return fail("not-mapped", "first");
  const need = needed(request.access);
  recorder?.stage("permission", permissionText(leaf.access, need), leaf.origin);
  if ((leaf.access & need) !== need) {
    const executeOnly = (leaf.access & need & READ) !== 0 && (need & EXEC) !== 0;
    return fail(executeOnly ? "no-execute" : "no-access", "first");
  }
  const output: Address = { page: leaf.target, offset: address.offset };
  if (output.page >= limit) {
    recorder?.stage("second", widthText(iommu, output), leaf.origin);
    return fail("beyond-width", "nested", output);
  }
  const backed = parent?.pages.lookup(output.page, parentLeaf);
  if (recorder && parent) recordLevels(recorder, "second", parent, output.page, parentLeaf);
  if (!parent || !backed) return fail("not-mapped", "second", output);
  const parentNeed = need & (READ | WRITE);
  recorder?.stage("permission", permissionText(parentLeaf.access, parentNeed), parentLeaf.origin);
  if ((parentLeaf.access & parentNeed) !== parentNeed) return fail("no-access", "second", output);
  const frames = Math.min(leaf.frames, parentLeaf.frames);
  const access = leaf.access & (parentLeaf.access | EXEC);
  const left = rest(request, frames, () =>
    Math.min(space.pages.runLeft(page), parent.pages.runLeft(output.page)),
  );
  return block(translation, address.page, frames, left, parentLeaf.target, access, leaf.origin);
}

/**
 * The page table of a host process: its memories at their virtual addresses, readable and writable.
 * @param process native owner
 */
export function walkProcess(
  machine: Machine,
  request: Request,
  process: number,
  recorder?: Recorder,
): Block | Fault {
  const { platform, translation } = machine;
  const iommu = platform.iommus[platform.devices[request.wire]!.iommu]!;
  const { address } = request;
  const fail = (name: FaultName) => iommuFault(iommu, name, "first", address, (request.access & WRITE) !== 0);
  if (!isCanonical(address.page, frameLimit(iommu))) {
    recorder?.stage("first", canonicalText(iommu, address), iommu.origin);
    return fail("not-canonical");
  }
  const [piece] = backing(platform, process, { start: address, last: address });
  const name = platform.owners[process]!.name;
  if (!piece) {
    recorder?.stage("first", `the process of ${name} has nothing at ${toHex(address)}`);
    return fail("not-mapped");
  }
  const memory = platform.memories[piece.memory]!;
  recorder?.stage("first", `the process of ${name} has ${memory.name} at ${toHex(address)}`, memory.origin);
  recorder?.stage("permission", permissionText(READ | WRITE, needed(request.access)), memory.origin);
  if (request.access & EXEC) return fail("no-execute");
  const left = memory.virtual.last.page - address.page + 1;
  const frames = rest(request, 1, () => left);
  return block(translation, address.page, 1, frames, piece.physical.page, READ | WRITE, memory.origin);
}

/**
 * Frames to translate at once: those of the leaf, or for a longer transfer as many as the tables hold in one
 * run, in whole leaves.
 */
function rest(request: Request, leafFrames: number, runLeft: () => number): number {
  const { page } = request.address;
  const inLeaf = leafFrames - (page % leafFrames);
  const wanted = request.frames ?? 1;
  if (wanted <= inLeaf) return inLeaf;
  const count = Math.min(wanted, runLeft());
  return Math.max(inLeaf, Math.ceil((page + count) / leafFrames) * leafFrames - page);
}

/**
 * @param leafFrames frames of the leaf that holds the page
 * @param left frames from the page on that were translated with it
 */
function block(
  translation: Translation,
  page: number,
  leafFrames: number,
  left: number,
  target: number,
  access: number,
  origin: number,
): Block {
  const first = page - (page % leafFrames);
  translation.page = target;
  translation.framesLeft = left;
  translation.origin = origin;
  return { page: first, frames: page - first + left, target: target - (page - first), access, origin };
}

/** Bits above the width repeat the highest bit of it (x86-64 paging); a 64-bit table takes everything. */
export function isCanonical(page: number, limit: number): boolean {
  return page < limit / 2 || page >= 2 ** 52 - limit / 2;
}

/** What an access asks of a mapping and what the mapping grants, for a person. */
export function permissionText(granted: number, need: number): string {
  const letters = (bits: number) => accessLetters(bits) || "none";
  return (granted & need) === need
    ? `${letters(need)} is within ${letters(granted)}`
    : `${letters(need)} is asked and ${letters(granted)} is granted; ${letters(need & ~granted)} is missing`;
}

function widthText(iommu: Iommu, address: Address): string {
  return `${toHex(address)} is beyond the ${iommu.addressWidth} bits that ${iommu.name} translates`;
}

function canonicalText(iommu: Iommu, address: Address): string {
  return `${toHex(address)} is not canonical: bits 63 to ${iommu.addressWidth - 1} must be equal`;
}

/** @param leaf what the lookup found, for a page that is mapped */
function recordLevels(
  recorder: Recorder,
  kind: "first" | "second",
  space: Space,
  page: number,
  leaf: Leaf,
): void {
  const target = kind === "first" ? "the parent's address" : "host-physical";
  for (const step of space.pages.path(page)) {
    const what = step.leaf
      ? `is a leaf of ${formatSize({ page: leaf.frames, offset: 0 })}: ${target} ${toHex({ page: leaf.target, offset: 0 })}`
      : step.present
        ? "points to the next table"
        : `is not present; a ${kind === "first" && space.kind === "page-table" ? "pte" : "map"} has to cover it`;
    const text = `${space.name} level ${step.level + 1} entry ${step.index} ${what}`;
    const origin = step.leaf ? leaf.origin : space.origin;
    recorder.stage(kind, text, origin, { level: step.level + 1, index: step.index });
  }
}
