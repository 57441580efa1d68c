import { add } from "../../address/index.js";
import { groupedHex } from "../../language/index.js";
import { type ObjectFact, type ObjectReport, objectReport, plural } from "../../report/index.js";
import { behind, type Machine, type Operation } from "../../simulator/index.js";
import type { FoundStep, HintPart } from "./wording.js";

/** More names than these make a line that nobody reads; the details have all of them. */
const SHOWN = 3;

/**
 * What an object of iommufd is and does, as far as its statement does not say it: what an IOAS backs and who
 * comes to it, whether an HWPT is nested, what a queue or a vIOMMU holds. Nothing of one that is gone by then.
 */
export function objectParts(machine: Machine, number: number): HintPart[] {
  const report = objectReport(machine, number);
  return report ? partsOf(report) : [];
}

function partsOf({ type, kind, marks, holds, attached }: ObjectReport): HintPart[] {
  switch (type) {
    case "ioas":
      return [...namesPart("backs ", holds), ...namesPart("", attached)];
    case "fault-queue":
      return [...namesPart("page requests of ", holds), ...marks.map((text) => ({ text }))];
    case "viommu":
      return [...marks.map((text) => ({ text })), ...namesPart("holds ", holds)];
    case "vdevice":
      return [];
    default:
      return [{ text: kind }, ...namesPart("holds ", holds)];
  }
}

function namesPart(before: string, facts: readonly ObjectFact[]): HintPart[] {
  const [first] = facts;
  if (!first) return [];
  const names = facts.slice(0, SHOWN).map(({ text }) => text);
  const more = facts.length > SHOWN ? [`${facts.length - SHOWN} more`] : [];
  return [{ text: before + [...names, ...more].join(", "), origin: first.origin }];
}

/** The host-physical address behind a map of an IOAS, and into how many page tables it went. */
export function mapParts({ machine }: FoundStep, operation: Extract<Operation, { kind: "map" }>): HintPart[] {
  const { platform } = machine;
  const { target, owner, space } = operation;
  const memory = target.kind === "memory" ? platform.memories[target.memory] : undefined;
  const virtual =
    target.kind === "memory" ? memory && add(memory.virtual.start, target.offset) : target.address;
  const physical = virtual && behind(machine, owner, virtual).physical;
  return [...(physical ? [{ text: groupedHex(physical) }] : []), ...tableParts(machine, space)];
}

/** Into how many page tables an IOAS goes; nothing of one that is gone by then. */
export function tableParts(machine: Machine, ioas: number): HintPart[] {
  const object = machine.iommufd.objects.get(ioas);
  if (object?.type !== "ioas") return [];
  const count = object.hwpts.length;
  return [{ text: count === 0 ? "in no page table yet" : `in ${plural(count, "page table")}` }];
}
