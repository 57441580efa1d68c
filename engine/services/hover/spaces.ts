import { formatRange, lengthOf, rangeOfLength } from "../../address/index.js";
import { groupedHex } from "../../language/index.js";
import {
  type Block,
  type ObjectReport,
  objectReport,
  paragraph,
  plural,
  routesTo,
} from "../../report/index.js";
import type { Machine, Memory, Platform } from "../../simulator/index.js";
import { capital, fewOf, lineOf, listBlock, type Source } from "../explain/lines.js";
import { objectItems } from "../explain/objects.js";
import { spaceText } from "./devices.js";
import type { StateAt } from "./state.js";

type Space = NonNullable<ReturnType<Machine["spaces"]["get"]>>;

/** Who builds the table of a space, and how it is walked. */
const KINDS: Readonly<Record<Space["kind"], string>> = {
  root: "a root, managed by the kernel (`map`, `unmap`)",
  shadow: "a child, managed by the kernel, which merges it with its parents into one table",
  "page-table": "a child with the guest's page table, which the IOMMU walks before the parent's",
  "pasid-table": "a PASID table of the guest: it stands for all vPASIDs of a device",
  unbound: "a child without a table; one has to be bound to it",
};

/** What an IOASID is, what is mapped in it, and how requests get to it. */
export function spaceBlocks(source: Source, number: number, { machine, when }: StateAt): Block[] {
  const report = objectReport(machine, number);
  if (report) return [paragraph(`${capital(when)}:`), ...objectBlocks(source, number, machine, report)];
  const space = machine.spaces.get(number);
  if (!space) {
    const isGone = machine.freed.has(number);
    const isToday = machine.platform.uapi === "iommufd";
    const freed = isToday
      ? `It is ${isGone ? "destroyed" : "not there"}`
      : `It is ${isGone ? "freed" : "not allocated"}`;
    return [paragraph(`${freed} ${when}.`)];
  }
  const parent = machine.spaces.get(space.parent);
  const children = [...space.children.entries()].map(([child]) => spaceText(machine, child));
  const routes = routesTo(machine, number).map(({ text, origin }) => `${text}${lineOf(source, origin)}`);
  const attached = [...space.users.entries()].map(
    ([device, count]) => machine.platform.devices[device]!.name + (count > 1 ? ` (${count} times)` : ""),
  );
  return [
    paragraph(`IOASID ${space.id} of ${machine.platform.owners[space.owner]!.name}: ${KINDS[space.kind]}.`),
    ...listBlock([
      ...(parent ? [`nested on ${parent.name}${lineOf(source, parent.origin)}`] : []),
      ...(children.length > 0 ? [`parent of ${fewOf(children, "spaces").join(", ")}`] : []),
      contentText(space),
      attached.length === 0 ? "no device is attached" : `attached: ${fewOf(attached, "devices").join(", ")}`,
      ...(space.globalPasid === undefined ? [] : [`global pPASID ${space.globalPasid}`]),
      ...(space.pending.length === 0 ? [] : [`${plural(space.pending.length, "page request")} waiting`]),
    ]),
    ...(routes.length === 0
      ? []
      : [paragraph("Requests get to it by:"), ...listBlock(fewOf(routes, "ways"))]),
  ];
}

function objectBlocks(source: Source, number: number, machine: Machine, report: ObjectReport): Block[] {
  const space = machine.spaces.get(number);
  const { reserved, allowed } = reservationsOf(machine, number);
  const routes = routesTo(machine, number).map(({ text, origin }) => `${text}${lineOf(source, origin)}`);
  return [
    ...listBlock([
      ...objectItems(source.places, report),
      ...(space ? [contentText(space)] : []),
      ...(allowed.length > 0 ? [`kept free of reservations: ${fewOf(allowed, "ranges").join(", ")}`] : []),
      ...(reserved.length > 0 ? [`cannot be mapped: ${fewOf(reserved, "ranges").join(", ")}`] : []),
    ]),
    ...(routes.length === 0
      ? []
      : [paragraph("Requests get to it by:"), ...listBlock(fewOf(routes, "ways"))]),
  ];
}

/** What an IOAS must not map, and what its devices must not reserve. */
function reservationsOf(machine: Machine, number: number): { reserved: string[]; allowed: string[] } {
  const object = machine.iommufd.objects.get(number);
  if (object?.type !== "ioas") return { reserved: [], allowed: [] };
  const { reserved, allowed } = object;
  // Each page table and each device keeps its own reservations, and those of one IOMMU are the same.
  return { reserved: [...new Set(reserved.map(formatRange))], allowed: allowed.map(formatRange) };
}

function contentText({ kind, entries, ranges }: Space): string {
  if (kind !== "pasid-table") return plural(ranges.size, "mapping");
  return plural([...entries.entries()].length, "entry", "entries");
}

/** Where a memory lies for its owner, and what is behind it. */
export function memoryFacts(platform: Platform, index: number): Block[] {
  const { virtual, physical, owner }: Memory = platform.memories[index]!;
  const length = lengthOf(virtual);
  const behind = length && rangeOfLength(physical, length);
  return listBlock([
    `virtual ${formatRange(virtual)} of ${platform.owners[owner]!.name}`,
    `host-physical ${behind ? formatRange(behind) : groupedHex(physical)}`,
  ]);
}
