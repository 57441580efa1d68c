import { type Block, paragraph } from "../../report/index.js";
import { capabilityOf, formatRid, type Machine, physicalPasid } from "../../simulator/index.js";
import { capital, fewOf, lineOf, listBlock, type Source } from "../explain/lines.js";
import { poolText, slotText, spaceText } from "./devices.js";
import { attachedUnder, slotLine } from "./owners.js";
import type { StateAt } from "./state.js";

/** What a vPASID of a device becomes, and who else uses the number on its RID. */
export function vpasidBlocks(
  source: Source,
  { machine, when }: StateAt,
  device: number,
  pasid: number,
): Block[] {
  const { platform } = machine;
  const declared = platform.devices[device]!;
  const { name, rid } = declared;
  const physical = physicalPasid(machine, device, pasid);
  const attachment = machine.device(device).attachments.get(pasid);
  const leads = attachment ? `, which leads to ${spaceText(machine, attachment.space)}` : "";
  const line = attachment ? lineOf(source, attachment.origin) : "";
  const head =
    physical === undefined
      ? `vPASID ${pasid} of ${name}: nothing is attached under it ${when}.`
      : `vPASID ${pasid} of ${name} becomes pPASID ${physical}${leads}${line}${slotText(machine, device, pasid)}.`;
  const others = [
    ...sameVpasid(source, machine, device, pasid),
    ...holders(source, machine, declared.wire, pasid).map(
      (text) => `the number ${pasid} on RID ${formatRid(rid)} is ${text}`,
    ),
  ];
  const { width } = capabilityOf(platform, device);
  const facts = [
    ...(physical === undefined ? [] : [`the number is of ${poolText(platform, declared)}`]),
    ...(width > 0 ? [`vPASIDs of ${name} have ${width} bits`] : [`${name} takes no vPASID`]),
    ...fewOf(others, "users"),
  ];
  return [paragraph(head), ...listBlock(facts)];
}

/** Who holds a number in the PASID table of a device's RID. */
export function ppasidBlocks(
  source: Source,
  { machine, when }: StateAt,
  device: number,
  number: number,
): Block[] {
  const { rid, wire } = machine.platform.devices[device]!;
  const held = holders(source, machine, wire, number);
  const head = `pPASID ${number} on RID ${formatRid(rid)}`;
  return held.length === 0
    ? [paragraph(`${head}: the PASID table has no entry for it ${when}.`)]
    : [paragraph(`${head} is ${held.join(", ")} ${when}.`)];
}

/** What a vPASID means to a guest: its slot in the CPU's table, and what is attached under it. */
export function guestPasidBlocks(
  source: Source,
  { machine, when }: StateAt,
  owner: number,
  pasid: number,
): Block[] {
  const { name, kind } = machine.platform.owners[owner]!;
  return [
    paragraph(`vPASID ${pasid} of ${name}, ${when}:`),
    ...listBlock([
      ...(kind === "guest" ? [capital(slotLine(source, machine, owner, pasid))] : []),
      ...attachedUnder(source, machine, owner, pasid),
    ]),
  ];
}

/** The entry of a RID's table with a number, as what it is for: the kernel's, or the guest's own. */
function holders(source: Source, machine: Machine, wire: number, number: number): string[] {
  const { entries, guestTable } = machine.device(wire);
  const held: string[] = [];
  const entry = entries.get(number);
  if (entry && entry.use !== "default") {
    const { space, process, origin } = entry;
    const target =
      space < 0 ? `the process of ${machine.platform.owners[process]!.name}` : spaceText(machine, space);
    held.push(`${useText(machine, entry)}: ${target}${lineOf(source, origin)}`);
  }
  const table = guestTable === undefined ? undefined : machine.spaces.get(guestTable);
  const own = table?.entries.get(number);
  if (table && own) {
    const target = spaceText(machine, own.space);
    held.push(`an entry of the guest's table ${table.name}: ${target}${lineOf(source, own.origin)}`);
  }
  return held;
}

type Entry = NonNullable<ReturnType<ReturnType<Machine["device"]>["entries"]["get"]>>;

function useText(machine: Machine, { use, device, pasid }: Entry): string {
  const { name } = machine.platform.devices[device]!;
  if (use === "sva") return `that of a host process on ${name}`;
  if (use === "defPASID") return `the defPASID of ${name}`;
  return pasid === undefined ? `that of ${name}` : `that of vPASID ${pasid} of ${name}`;
}

/** Other devices of the same RID that use the same vPASID: legal, since their pPASIDs differ (P027). */
function sameVpasid(source: Source, machine: Machine, device: number, pasid: number): string[] {
  const { devices } = machine.platform;
  return devices.flatMap(({ wire, name }, index) => {
    if (index === device || wire !== devices[device]!.wire) return [];
    const attachment = machine.device(index).attachments.get(pasid);
    if (!attachment) return [];
    const number = attachment.physical === undefined ? "" : `, as pPASID ${attachment.physical}`;
    return [`its sibling ${name} uses vPASID ${pasid} too${number}${lineOf(source, attachment.origin)}`];
  });
}
