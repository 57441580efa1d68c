import { formatRange, lengthOf, rangeOfLength } from "../../address/index.js";
import { groupedHex } from "../../language/index.js";
import { type Block, paragraph, plural, routesTo } from "../../report/index.js";
import type { Machine, Memory, Platform } from "../../simulator/index.js";
import { fewOf, lineOf, listBlock, type Source } from "../explain/lines.js";
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
  const space = machine.spaces.get(number);
  if (!space) {
    const freed = machine.freed.has(number) ? "It is freed" : "It is not allocated";
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
