import type { Device, Owner } from "../../simulator/index.js";
import { numberOf } from "../lowering/context.js";
import type { NumberLiteral } from "../syntax/index.js";
import { choice, type Edit, type Fix } from "./fix.js";
import type { PlacedAs, Site } from "./site.js";
import type { Placed } from "./statements.js";

/** What a written number is; `undefined` when it is missing or malformed. */
export function pasidOf(literal: NumberLiteral | undefined): number | undefined {
  return literal?.value && numberOf(literal.value);
}

/** Bits that a vPASID of a device may have for an owner: the narrowest of device, IOMMU and virtual IOMMU. */
export function widthFor(site: Site, device: Device, owner: Owner | undefined): number {
  const iommu = site.platform.iommus[device.iommu];
  return Math.min(device.pasidWidth, iommu?.pasidWidth ?? 20, owner?.viommuPasidWidth ?? 20, 20);
}

/** The owner of the block that a statement stands in, or of the name of its space. */
export function ownerOf(site: Site, { block, node }: Placed): Owner | undefined {
  const space = "space" in node && node.space?.kind === "name" ? node.space : undefined;
  const qualifier = space?.qualifier?.text;
  const name = qualifier ?? (block?.kind === "scenario" ? undefined : block?.name?.text);
  if (name !== undefined) return site.platform.owners.find((owner) => owner.name === name);
  return site.platform.owners.length === 1 ? site.platform.owners[0] : undefined;
}

/**
 * The lowest vPASID from 1 that fits the width and that no statement uses for this device: none that it is
 * attached with, none that a driver or a host process holds on its RID, and on a shared queue none that the
 * guest uses for another space, since KVM has one slot for each.
 */
export function lowestFreePasid(site: Site, attach: PlacedAs<"attach">): number | undefined {
  const device = site.device(attach.node.device?.text ?? "");
  if (!device) return undefined;
  const taken = new Set<number | undefined>();
  for (const { node } of site.all("attach", "sva", "kvm-map", "entry")) {
    if (node.kind === "attach") {
      const other = site.device(node.device?.text ?? "");
      if (other === device || (device.category === 5 && other?.category === 5)) {
        taken.add(pasidOf(node.pasid?.number));
      }
      if (other?.wire === device.wire) taken.add(pasidOf(node.physical));
    } else if (node.kind === "sva") taken.add(pasidOf(node.physical));
    else if (node.kind === "entry") taken.add(pasidOf(node.pasid));
    else if (device.category === 5) taken.add(pasidOf(node.pasid?.number));
  }
  const limit = 2 ** widthFor(site, device, ownerOf(site, attach));
  for (let pasid = 1; pasid < limit; pasid += 1) if (!taken.has(pasid)) return pasid;
  return undefined;
}

/**
 * Another number for the vPASID of an attach, wherever the program speaks of it: of the device, and of the
 * guest's KVM mappings and processes where no other device of the guest uses the number.
 */
export function renumber(site: Site, attach: PlacedAs<"attach">, from: number, to: number): Edit[] {
  const edits: Edit[] = [];
  const change = (file: string, literal: NumberLiteral | undefined): void => {
    if (literal && pasidOf(literal) === from) edits.push(site.replace(file, literal, `${to}`));
  };
  const device = attach.node.device?.text;
  const isPlain = site.device(device ?? "")?.category === 3;
  for (const { file, node } of site.all("attach", "detach", "dma", "respond", "enqcmds")) {
    if (node.device?.text !== device) continue;
    change(file, node.pasid?.number);
    if (!isPlain) continue;
    if (node.kind === "attach") change(file, node.physical);
    const wire = node.outcome?.wire;
    if (wire?.kind === "number") change(file, wire);
  }
  const owner = ownerOf(site, attach)?.name;
  const others = site
    .all("attach")
    .filter((each) => each.node.device?.text !== device && ownerOf(site, each)?.name === owner);
  if (isPlain || others.some(({ node }) => pasidOf(node.pasid?.number) === from)) return edits;
  for (const placed of site.all("kvm-map", "kvm-unmap")) {
    const { owner: stated, pasid } = placed.node;
    if ((stated?.text ?? ownerOf(site, placed)?.name) === owner) change(placed.file, pasid?.number);
  }
  for (const [file, literal] of processPasids(site, owner)) change(file, literal);
  return edits;
}

/** The vPASIDs that some device of the guest is attached with, for a process whose own one is attached nowhere. */
export function attachedPasids(site: Site, process: string, owner: string): Fix[] {
  const pasids = new Set<number>();
  for (const attach of site.all("attach")) {
    const pasid = pasidOf(attach.node.pasid?.number);
    if (pasid !== undefined && ownerOf(site, attach)?.name === owner) pasids.add(pasid);
  }
  const own = site.node("process")?.properties.find(({ name }) => name === "pasid")?.value;
  if (!own) return [];
  // An attach with the number that the process has already was refused: giving it once more changes nothing.
  if (own.kind === "number") pasids.delete(pasidOf(own as NumberLiteral) ?? 0);
  return [...pasids]
    .slice(0, 3)
    .map((pasid) =>
      choice(
        `Give ${process} vPASID ${pasid}, which is attached`,
        site.replace(site.span.file, own, `${pasid}`),
      ),
    );
}

function* processPasids(site: Site, owner: string | undefined): Iterable<[string, NumberLiteral]> {
  for (const [file, tree] of site.analysis.trees) {
    for (const guest of tree.items) {
      if (guest.kind !== "guest" || guest.name?.text !== owner) continue;
      for (const item of guest.items) {
        if (item.kind !== "process") continue;
        for (const { name, value } of item.properties) {
          if (name === "pasid" && value?.kind === "number") yield [file, value as NumberLiteral];
        }
      }
    }
  }
}
