import type { Device, Group } from "../../simulator/index.js";
import { DEVICES } from "../names/definition.js";
import type { SourceItem } from "../names/load.js";
import { GLOBAL } from "../names/names.js";
import type { GroupDeclaration } from "../syntax/index.js";
import type { Context } from "./context.js";
import type { Ungrouped } from "./devices.js";

/** Named groups in file order, then one for each device that is in none; mdevs are always alone. */
export function lowerGroups(
  context: Context,
  items: readonly SourceItem[],
  devices: readonly Ungrouped[],
): { readonly groups: readonly Group[]; readonly devices: readonly Device[] } {
  const groups: Group[] = [];
  const groupOf = new Map<number, number>();
  for (const { file, item } of items) {
    if (item.kind !== "group") continue;
    const entry = context.declare(file, item, "group");
    if (!entry) continue;
    entry.index = groups.length;
    const members = membersOf(context, file, item, entry.name, entry.index, groups, groupOf);
    groups.push({ name: entry.name, members, origin: context.origin(file, item, entry.span.end) });
  }
  const grouped = devices.map((device, index) => {
    const known = groupOf.get(index);
    if (known !== undefined) return { ...device, group: known };
    groups.push({ name: undefined, members: [index], origin: device.origin });
    return { ...device, group: groups.length - 1 };
  });
  return { groups, devices: grouped };
}

function membersOf(
  context: Context,
  file: string,
  item: GroupDeclaration,
  group: string,
  index: number,
  groups: readonly Group[],
  groupOf: Map<number, number>,
): number[] {
  const members: number[] = [];
  for (const name of item.members) {
    const device = context.names.resolve(file, name, DEVICES, GLOBAL);
    if (device?.index === undefined) continue;
    const other = groupOf.get(device.index);
    const span = { file, start: name.start, end: name.end };
    if (device.kind === "mdev") {
      context.reporter.report("S051", { device: device.name, group, other: undefined, mdev: true }, span);
    } else if (other === undefined) {
      groupOf.set(device.index, index);
      members.push(device.index);
    } else {
      const holder = other === index ? group : groups[other]?.name;
      const declared = context.origins[groups[other]?.origin ?? -1];
      const related = declared ? [{ span: declared, message: `${device.name} is in this group` }] : [];
      context.reporter.report(
        "S051",
        { device: device.name, group, other: holder, mdev: false },
        span,
        related,
      );
    }
  }
  return members;
}
