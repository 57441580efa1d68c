import { formatRange } from "../../address/index.js";
import { type Definition, kindWords, platformIndex, qualifiedName } from "../../language/index.js";
import { type Block, paragraph, plural } from "../../report/index.js";
import type { Iommu, Platform } from "../../simulator/index.js";
import { declarationText, fewOf, listBlock, type Source } from "../explain/lines.js";
import { deviceBlocks } from "./devices.js";
import { ownerBlocks, processBlocks } from "./owners.js";
import { memoryFacts, spaceBlocks } from "./spaces.js";
import type { StateAt } from "./state.js";

/**
 * What a name stands for: its declaration, the comment above that, and what became of it.
 * @param state `undefined` without a run: then what the declaration says is all that is known
 */
export function definitionBlocks(
  source: Source,
  definition: Definition,
  state: StateAt | undefined,
): Block[] {
  const { documentation } = definition;
  return [
    { kind: "code", language: "ioasid", text: declarationText(source, definition) },
    ...(documentation === undefined ? [] : [{ kind: "verbatim", text: documentation } as const]),
    ...meaningBlocks(source, definition, state),
  ];
}

function meaningBlocks(source: Source, definition: Definition, state: StateAt | undefined): Block[] {
  const { platform } = source.analysis.program;
  const index = platformIndex(definition);
  const kind = paragraph(`**${qualifiedName(definition)}** is ${kindWords(definition)}.`);
  if (index === undefined) return [kind];
  switch (definition.kind) {
    case "pdev":
    case "mdev":
      return deviceBlocks(source, index, state);
    case "iommu":
      return iommuBlocks(platform, index);
    case "group":
      return groupBlocks(platform, index);
    case "memory":
      return memoryFacts(platform, index);
    case "guest":
    case "native":
      return state ? ownerBlocks(source, index, state) : [kind];
    case "process":
      return state ? processBlocks(source, index, state) : [kind];
    case "space":
      return state ? spaceBlocks(source, index, state) : [kind];
  }
}

const FORMS: Readonly<Record<Iommu["form"], string>> = {
  vtd: "VT-d scalable mode",
  smmuv3: "Arm SMMUv3",
  amd: "AMD-Vi",
};

function iommuBlocks(platform: Platform, index: number): Block[] {
  const iommu = platform.iommus[index]!;
  const { form, pasidWidth, addressWidth, nesting, pasidTable, reserved } = iommu;
  const devices = platform.devices.filter((device) => device.iommu === index).map(({ name }) => name);
  const able = [
    ...(iommu.ats ? ["ATS"] : []),
    ...(iommu.pageRequests ? ["page requests"] : []),
    ...(iommu.noSnoopControl ? ["snoop control"] : []),
    ...(iommu.dirtyTracking ? ["dirty tracking"] : []),
  ];
  return listBlock([
    `faults and tables of ${FORMS[form]}`,
    `${pasidWidth === 0 ? "no PASIDs" : `PASIDs of ${pasidWidth} bits`}, addresses of ${addressWidth} bits`,
    `nesting: ${nesting}; the PASID table is the ${pasidTable === "kernel" ? "kernel's" : "guest's"}`,
    ...(able.length === 0 ? [] : [`it has ${able.join(", ")}`]),
    ...(reserved.length === 0 ? [] : [`never translated: ${reserved.map(formatRange).join(", ")}`]),
    devices.length === 0
      ? "no device is behind it"
      : `${plural(devices.length, "device")} behind it: ${fewOf(devices, "devices").join(", ")}`,
  ]);
}

function groupBlocks(platform: Platform, index: number): Block[] {
  const members = platform.groups[index]?.members ?? [];
  const names = members.map((member) => platform.devices[member]!.name);
  const rule =
    platform.uapi === "v1"
      ? "A space takes no command until all of them are attached to it (P017)."
      : "The first bind of one of them takes the whole group.";
  return [paragraph(`An IOMMU group of ${names.join(", ")}: the fabric cannot tell them apart. ${rule}`)];
}
