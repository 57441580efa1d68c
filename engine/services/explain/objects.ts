import type { ObjectFact, ObjectReport, Places } from "../../report/index.js";
import { fewOf, lineText } from "./lines.js";

/** `nest parent, for PASIDs`: what an object of iommufd is, and what stands around it, as lines of a list. */
export function objectItems(places: Places, report: ObjectReport): string[] {
  const { kind, marks, on, holds, attached } = report;
  return [
    [kind, ...marks].join(", "),
    ...(on ? [withLine(places, on)] : []),
    ...(holds.length > 0 ? [`${holdsWord(report)} ${listed(places, holds, "objects")}`] : []),
    ...(attached.length > 0 ? [`attached: ${listed(places, attached, "attachments")}`] : []),
    ...(canAttach(report) && attached.length === 0 ? ["no device is attached"] : []),
  ];
}

/** How an object is related to what stands on it. */
function holdsWord({ type }: ObjectReport): string {
  if (type === "ioas") return "backs";
  return type === "fault-queue" ? "takes page requests of" : "holds";
}

/** Devices are attached to an IOAS and to page tables, and to nothing else. */
function canAttach({ type }: ObjectReport): boolean {
  return type === "ioas" || type === "hwpt-paging" || type === "hwpt-nested";
}

function listed(places: Places, facts: readonly ObjectFact[], what: string): string {
  return fewOf(
    facts.map((fact) => withLine(places, fact)),
    what,
  ).join(", ");
}

function withLine(places: Places, { text, origin }: ObjectFact): string {
  return `${text}${lineText(places, origin, " (", ")")}`;
}
