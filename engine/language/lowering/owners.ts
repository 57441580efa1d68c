import type { Owner, Process } from "../../simulator/index.js";
import { declaredAs, type Entry } from "../names/definition.js";
import type { SourceItem } from "../names/load.js";
import type {
  MemoryDeclaration,
  OwnerDeclaration,
  ProcessDeclaration,
  ViommuDeclaration,
} from "../syntax/index.js";
import { type Context, propertyOf } from "./context.js";

export interface OwnerUnit {
  readonly file: string;
  readonly imported: boolean;
  readonly item: OwnerDeclaration;
  readonly entry: Entry;
}

interface Part<T> {
  readonly file: string;
  readonly item: T;
  readonly entry: Entry;
}

export type MemoryUnit = Part<MemoryDeclaration>;

export interface Owned {
  readonly memories: readonly MemoryUnit[];
  readonly processes: readonly Part<ProcessDeclaration>[];
}

/** Makes the names of all owners known; an owner is numbered at once, since nothing else can be wrong with it. */
export function declareOwners(context: Context, items: readonly SourceItem[]): OwnerUnit[] {
  const units: OwnerUnit[] = [];
  for (const { file, imported, item } of items) {
    if (item.kind !== "guest" && item.kind !== "native") continue;
    const entry = context.declare(file, item, item.kind);
    if (!entry) continue;
    entry.index = units.length;
    units.push({ file, imported, item, entry });
  }
  return units;
}

/** Makes the names of memories and processes known, owner by owner. */
export function declareOwned(context: Context, units: readonly OwnerUnit[]): Owned {
  const memories: MemoryUnit[] = [];
  const processes: Part<ProcessDeclaration>[] = [];
  for (const { file, item: block, entry: owner } of units) {
    for (const item of block.items) {
      if (item.kind === "memory") {
        const entry = context.declare(file, item, "memory", owner);
        if (entry) memories.push({ file, item, entry });
      } else if (item.kind === "process") {
        const entry = context.declare(file, item, "process", owner);
        if (!entry) continue;
        processes.push({ file, item, entry });
      }
    }
  }
  return { memories, processes };
}

/** The owners of the platform. */
export function lowerOwners(context: Context, units: readonly OwnerUnit[]): Owner[] {
  return units.map(({ file, item: block, entry }) => {
    let viommu: ViommuDeclaration | undefined;
    for (const item of block.items) {
      if (item.kind !== "viommu") continue;
      const span = { file, start: item.start, end: item.end };
      if (block.kind === "native") {
        const facts = { statement: "viommu", owner: entry.name, kind: block.kind };
        context.reporter.report("S053", facts, span, [declaredAs(entry)]);
      } else if (viommu) {
        const related = [
          { span: { ...span, start: viommu.start, end: viommu.end }, message: "the first one" },
        ];
        context.reporter.report("S047", { block: "viommu", place: `"${entry.name}"` }, span, related);
      } else viommu = item;
    }
    const width = viommu && propertyOf(viommu.properties, "pasid-width");
    return {
      name: entry.name,
      kind: block.kind,
      viommuPasidWidth: context.small(file, width, "pasid-width", 0, 20),
      origin: context.origin(file, block, entry.span.end),
    };
  });
}

/** The guest processes of the platform; a native owner is a process itself and has none. */
export function lowerProcesses(context: Context, parts: Owned["processes"]): Process[] {
  const processes: Process[] = [];
  for (const { file, item, entry } of parts) {
    const owner = entry.owner!;
    if (owner.kind === "native") {
      const span = { file, start: item.start, end: item.end };
      const facts = { statement: "process", owner: owner.name, kind: "native" };
      context.reporter.report("S053", facts, span, [declaredAs(owner)]);
      entry.broken = true;
      continue;
    }
    entry.index = processes.length;
    processes.push({
      name: entry.name,
      owner: owner.index!,
      pasid: context.small(file, propertyOf(item.properties, "pasid"), "pasid", 0, 0xfffff),
      origin: context.origin(file, item, entry.span.end),
    });
  }
  return processes;
}
