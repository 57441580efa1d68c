import { type Address, formatRange, lengthOf, rangeOfLength } from "../../address/index.js";
import { findingsOf, refusalOf } from "../../language/index.js";
import {
  type Block,
  explainAssertion,
  explainFinding,
  explainOutcome,
  objectReport,
  type Places,
  paragraph,
  routesTo,
} from "../../report/index.js";
import {
  formatRid,
  kvmRequirement,
  kvmRequirements,
  type Machine,
  type Operation,
  type Outcome,
  type Platform,
  vmxIndex,
  vtdIndex,
} from "../../simulator/index.js";
import { reportBlocks } from "../explain/devices.js";
import { capital, lineText } from "../explain/lines.js";
import { objectItems } from "../explain/objects.js";
import { refusalBlocks } from "../explain/rules.js";
import { walkBlocks, walksOf } from "../explain/walk.js";
import type { FoundStep, HintTopic } from "./wording.js";

/**
 * What a hint of a step has no room for.
 * @param walked the outcome with its stages, where the statement walks
 */
export function stepBlocks(
  places: Places,
  found: FoundStep,
  topic: HintTopic,
  walked: Outcome | undefined,
): Block[] {
  const { platform } = places.program;
  const { step, outcome, assertion } = found.result;
  if (assertion) return explainAssertion(platform, assertion).map(paragraph);
  if (step.kind !== "operation" || !outcome) return [];
  const { operation } = step;
  if (operation.kind === "attach" && topic === "kvm") return requirementBlocks(found.machine, operation);
  const refusal = refusalOf(outcome);
  return [
    ...(refusal ? refusalBlocks(refusal) : []),
    ...sentences(platform, operation, outcome),
    ...(outcome.kind === "ok" ? callBlocks(places, found.machine, operation, outcome) : []),
    ...walksOf(walked).flatMap((stages) => walkBlocks(places, stages)),
    ...findingsOf(outcome).map((finding) => paragraph(`${capital(explainFinding(finding))}.`)),
  ];
}

/** What the guest needs of KVM before it may use an attached vPASID, in the words of the rule. */
function requirementBlocks(
  machine: Machine,
  { device, pasid }: Extract<Operation, { kind: "attach" }>,
): Block[] {
  const need = pasid === undefined ? undefined : kvmRequirement(machine, device, pasid);
  if (!need) return [];
  const { devices, owners } = machine.platform;
  const owner = owners[need.owner]!.name;
  if (need.state === "conflict") {
    const holds = `The slot of vPASID ${pasid} of ${owner} holds pPASID ${need.current}`;
    return [paragraph(`${holds}, and ${devices[device]!.name} was given pPASID ${need.physical} for it.`)];
  }
  const blocked = machine.owner(need.owner).translation === "off";
  const facts = { owner, device: devices[device]!.name, pasid: need.pasid, space: need.space, blocked };
  return refusalBlocks({ rule: "P010", errno: "ENOENT", arguments: facts, related: [] });
}

/** What came of it, in full. */
function sentences(platform: Platform, operation: Operation, outcome: Outcome): Block[] {
  // What a device reports is said with its consequences.
  if (operation.kind === "info-device") return [];
  const asked = askedAddress(operation);
  const all = outcome.kind === "responded" ? outcome.resumed : [outcome];
  return all
    .map((each) => explainOutcome(platform, each, asked))
    .filter((text) => text !== "")
    .map((text) => paragraph(`${capital(text)}.`));
}

function askedAddress(operation: Operation): Address | undefined {
  if (operation.kind === "dma") return operation.range.start;
  return "address" in operation ? operation.address : undefined;
}

function callBlocks(
  places: Places,
  machine: Machine,
  operation: Operation,
  outcome: Extract<Outcome, { kind: "ok" }>,
): Block[] {
  const { platform } = machine;
  switch (operation.kind) {
    case "ioasid":
      return routeBlocks(places, machine, operation.space);
    case "ioas":
    case "hwpt":
    case "fault-queue":
    case "viommu":
    case "vdevice":
      return [
        ...objectBlocks(places, machine, operation.space),
        ...routeBlocks(places, machine, operation.space),
      ];
    case "attach":
    case "replace":
    case "sva":
      return outcome.result?.kind === "attachment" && outcome.result.physical !== undefined
        ? [paragraph(entryText(platform, operation.device, outcome.result.physical))]
        : [];
    case "bind":
    case "info-device":
      return reportBlocks(platform, operation.device);
    case "kvm-map":
      return slotBlocks(places, machine, operation.owner, operation.pasid);
    default:
      return [];
  }
}

/** What an object of iommufd is; nothing of one that its scenario has destroyed. */
function objectBlocks(places: Places, machine: Machine, number: number): Block[] {
  const report = objectReport(machine, number);
  return report ? [{ kind: "list", items: objectItems(places, report) }] : [];
}

function routeBlocks(places: Places, machine: Machine, space: number): Block[] {
  const items = routesTo(machine, space).map(
    ({ text, origin }) => `${text}${lineText(places, origin, ", by ", "")}`,
  );
  return items.length === 0 ? [] : [paragraph("Requests get to it by:"), { kind: "list", items }];
}

/** Where the hardware finds a number of a RID. */
function entryText(platform: Platform, index: number, physical: number): string {
  const device = platform.devices[index]!;
  const iommu = platform.iommus[device.iommu]!;
  const { directory, table } = vtdIndex(physical);
  const entry =
    iommu.form === "vtd" ? `directory entry ${directory}, table entry ${table}` : `entry ${physical}`;
  return `In the PASID table of ${formatRid(device.rid)}: ${entry}.`;
}

function slotBlocks(places: Places, machine: Machine, owner: number, pasid: number): Block[] {
  const { directory, directoryIndex, tableIndex } = vmxIndex(pasid);
  const path = `The CPU finds it in the ${directory} PASID directory, entry ${directoryIndex}, table entry ${tableIndex}.`;
  const needs = kvmRequirements(machine).filter((need) => need.owner === owner && need.pasid === pasid);
  const items = needs.map(
    ({ device, origin }) => `${machine.platform.devices[device]!.name}${lineText(places, origin, ", ", "")}`,
  );
  return [
    paragraph(path),
    ...(items.length > 0 ? [paragraph("Needed by the attach of:"), { kind: "list", items } as const] : []),
  ];
}

/** The ranges of a memory: what its owner sees, and what is behind it. */
export function memoryBlocks(platform: Platform, index: number): Block[] {
  const { name, owner, virtual, physical } = platform.memories[index]!;
  const length = lengthOf(virtual);
  const behind = length && rangeOfLength(physical, length);
  const rows = [
    ["virtual", formatRange(virtual)],
    ["host-physical", behind ? formatRange(behind) : ""],
  ] as const;
  return [
    paragraph(`${platform.owners[owner]!.name}.${name}`),
    { kind: "list", items: rows.map(([label, text]) => `${label} ${text}`) },
  ];
}

/** Why a slice has a PASID although nobody attached one. */
export function defPasidBlocks(machine: Machine, index: number): Block[] {
  const { platform } = machine;
  const { name, rid, category } = platform.devices[index]!;
  const { defPasid } = machine.device(index);
  if (defPasid === undefined) {
    return [paragraph(`All PASIDs were taken when ${name} was made, so it has no default space.`)];
  }
  const why = `Requests of ${name} carry ${formatRid(rid)}, the RID of its parent, so the kernel chose PASID ${defPasid} to tell its default space from those of its siblings.`;
  const hidden = `Its user never sees the number${category === 2 ? ", and can give none" : ""}.`;
  return [paragraph(`${why} ${hidden}`), paragraph(entryText(platform, index, defPasid))];
}
