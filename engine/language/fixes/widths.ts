import { compare } from "../../address/index.js";
import { choice, type Edit, type Fix } from "./fix.js";
import { lowestFreePasid, ownerOf, renumber } from "./pasids.js";
import { type Declared, hardware, setProperty, viommuOf } from "./properties.js";
import type { Site } from "./site.js";

/** The most bits that a PASID can have. */
const MOST_BITS = 20;

/** Widths that page tables have, in bits. */
const ADDRESS_WIDTHS = [39, 48, 57];

/** The lowest free vPASID instead of one that cannot be attached, wherever the program speaks of it. */
export function otherPasid(site: Site, pasid: number): Fix[] {
  const attach = site.statement("attach");
  const free = attach && lowestFreePasid(site, attach);
  if (!attach || free === undefined) return [];
  return [choice(`Use vPASID ${free}, the lowest free one`, ...renumber(site, attach, pasid, free))];
}

/** A larger `pasid-width` for every part that is too narrow for a vPASID: device, IOMMU, virtual IOMMU. */
export function widen(site: Site, name: string, pasid: number): Fix[] {
  const width = Math.ceil(Math.log2(pasid + 1));
  const attach = site.statement("attach");
  const device = site.device(name);
  if (!device || !attach || width > MOST_BITS) return [];
  const iommu = site.platform.iommus[device.iommu];
  const owner = ownerOf(site, attach);
  const wire = site.platform.devices[device.wire];
  const parts: (Declared | undefined)[] = [];
  if (device.pasidWidth < width) parts.push(hardware(site, ["pdev"], wire?.name));
  if (iommu && iommu.pasidWidth < width) parts.push(hardware(site, ["iommu"], iommu.name));
  if (owner && (owner.viommuPasidWidth ?? MOST_BITS) < width) parts.push(viommuOf(site, owner.name));
  const edits: Edit[] = [];
  for (const part of parts) {
    if (!part) return [];
    edits.push(setProperty(site, part, "pasid-width", `${width}`));
  }
  return edits.length === 0
    ? []
    : [choice(`Widen \`pasid-width\` to ${width}, if the hardware has it`, ...edits)];
}

/** A larger `address-width` for an IOMMU, as far as there is one that takes the whole range. */
export function widerAddresses(site: Site, name: string): Fix[] {
  const call = site.statement("map", "pte");
  const range = call?.node.range?.value;
  const iommu = site.platform.iommus.find((each) => each.name === name);
  const declared = hardware(site, ["iommu"], name);
  if (!range || !iommu || !declared) return [];
  const width = ADDRESS_WIDTHS.find(
    (each) => each > iommu.addressWidth && compare(range.last, { page: 2 ** (each - 12), offset: 0 }) < 0,
  );
  if (width === undefined) return [];
  const edit = setProperty(site, declared, "address-width", `${width}`);
  return [choice(`Give ${name} an \`address-width\` of ${width}, if the hardware has it`, edit)];
}
