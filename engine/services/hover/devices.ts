import { type Block, categoryPolicy, paragraph } from "../../report/index.js";
import {
  type Category,
  type Device,
  formatRid,
  kvmRequirement,
  type Machine,
  namespaceOf,
  type Platform,
  qualifiedSpaceName,
} from "../../simulator/index.js";
import { reportBlocks } from "../explain/devices.js";
import { capital, fewOf, lineOf, listBlock, type Source } from "../explain/lines.js";
import type { StateAt } from "./state.js";

/** What a category means. */
export function categoryBlocks(category: Category): Block[] {
  return [paragraph(meaningOf(category)), ...listBlock(policyLines(category))];
}

function meaningOf(category: Category): string {
  return `**Category ${category}**: ${categoryPolicy(category).meaning}.`;
}

function policyLines(category: Category): string[] {
  const { routing, numbers, translation } = categoryPolicy(category);
  return [
    `its default space is routed ${routing}`,
    ...(numbers === undefined ? [] : [`its pPASIDs come from ${numbers}`]),
    ...(translation === undefined ? [] : [`its vPASIDs are translated by ${translation}`]),
  ];
}

/** What a device is, what it asks of its user, and what it is attached to. */
export function deviceBlocks(source: Source, index: number, state: StateAt | undefined): Block[] {
  const { platform } = source.analysis.program;
  const device = platform.devices[index]!;
  const { category } = device;
  const hardware = "Host hardware: it has no category, so no owner can have it.";
  return [
    paragraph(category === undefined ? hardware : meaningOf(category)),
    ...listBlock([
      ...(category === undefined ? [] : policyLines(category)),
      placeOf(platform, device),
      ...groupOf(platform, device),
      ...slicesOf(platform, index),
    ]),
    ...reportBlocks(platform, index),
    ...(state && category !== undefined ? attachedBlocks(source, state, index) : []),
  ];
}

/** The mdevs whose requests carry its RID. */
function slicesOf({ devices }: Platform, index: number): string[] {
  const slices = devices
    .filter(({ kind, wire }) => kind === "mdev" && wire === index)
    .map(({ name }) => name);
  return slices.length === 0 ? [] : [`parent of ${fewOf(slices, "slices").join(", ")}`];
}

/** Its RID, and the width of a PASID on it. */
function placeOf(platform: Platform, { kind, rid, wire, iommu, pasidWidth }: Device): string {
  const unit = platform.iommus[iommu]!;
  const of = kind === "mdev" ? ` of its parent ${platform.devices[wire]!.name}` : "";
  const width = Math.min(pasidWidth, unit.pasidWidth);
  const narrow = unit.pasidWidth < pasidWidth ? `, as ${unit.name} has no more` : "";
  const pasids = width === 0 ? "no PASID" : `PASIDs of ${width} bits${narrow}`;
  return `RID ${formatRid(rid)}${of}, behind ${unit.name}; ${pasids}`;
}

function groupOf(platform: Platform, { group }: Device): string[] {
  const { name, members } = platform.groups[group]!;
  if (name === undefined) return [];
  const names = members.map((member) => platform.devices[member]!.name);
  return [`in the IOMMU group ${name} of ${names.join(", ")}`];
}

/** Who has it, and what leads where on it. */
function attachedBlocks(source: Source, { machine, when }: StateAt, index: number): Block[] {
  const { platform } = machine;
  const { bound, defaults, defPasid, attachments } = machine.device(index);
  const nameOf = (space: number) => spaceText(machine, space);
  const owners = bound.map(
    ({ owner, origin }) => `bound to ${platform.owners[owner]!.name}${lineOf(source, origin)}`,
  );
  const number = defPasid === undefined ? "" : ` with defPASID ${defPasid}`;
  const routed = defaults
    .slice(-1)
    .map(({ space, origin }) => `default space${number}: ${nameOf(space)}${lineOf(source, origin)}`);
  const further = [...attachments.entries()].map(
    ([pasid, { physical, space, origin }]) =>
      `vPASID ${pasid}, ${numberText(physical)}: ${nameOf(space)}${lineOf(source, origin)}${slotText(machine, index, pasid)}`,
  );
  const facts = [...owners, ...routed, ...fewOf(further, "vPASIDs")];
  if (facts.length === 0) return [paragraph(`Nobody has it ${when}.`)];
  return [paragraph(`${capital(when)}:`), ...listBlock(facts)];
}

export function numberText(physical: number | undefined): string {
  return physical === undefined ? "in the guest's own table" : `pPASID ${physical}`;
}

/** `vm0.gva`, also for one that is freed. */
export function spaceText(machine: Machine, number: number): string {
  return qualifiedSpaceName(machine, number);
}

/** How the KVM mapping of an attached vPASID stands; empty where it needs none. */
export function slotText(machine: Machine, device: number, pasid: number): string {
  const need = kvmRequirement(machine, device, pasid);
  if (!need) return "";
  if (need.state === "conflict") return `, but its KVM slot holds pPASID ${need.current}`;
  return need.state === "present" ? ", mapped in KVM" : ", not mapped in KVM";
}

/** The pool that a device's numbers come from, as a phrase. */
export function poolText(platform: Platform, device: Device): string {
  if (device.category === 3) return `the PASID space of RID ${formatRid(device.rid)}`;
  return namespaceOf(platform, device) === "global"
    ? "the global pool"
    : `the pool of RID ${formatRid(device.rid)}`;
}
