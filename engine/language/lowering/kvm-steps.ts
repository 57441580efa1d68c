import type { KvmMapStep, KvmTranslationStep, KvmUnmapStep } from "../syntax/index.js";
import { optional } from "./device-steps.js";
import type { Lookup, Lowered, Place } from "./place.js";

/** KVM_MAP_PASID: the VM is the stated owner, or the one of the block, or the one of the space. */
export function kvmMap(lookup: Lookup, place: Place, node: KvmMapStep): Lowered | undefined {
  const space = lookup.space(place, node.space);
  const stated = node.owner ? lookup.owner(place, node.owner) : (place.owner ?? space?.owner);
  const owner = lookup.guest(place, stated, node, "kvm map");
  const pasid = optional(node.pasid);
  if (!space || !owner || typeof pasid !== "number") return undefined;
  return { owner, body: { kind: "kvm-map", owner: owner.index!, pasid, space: space.index! } };
}

export function kvmUnmap(lookup: Lookup, place: Place, node: KvmUnmapStep): Lowered | undefined {
  const stated = node.owner
    ? lookup.owner(place, node.owner)
    : lookup.ownerHere(place, node, "kvm unmap", "guest");
  const owner = lookup.guest(place, stated, node, "kvm unmap");
  const pasid = optional(node.pasid);
  if (!owner || typeof pasid !== "number") return undefined;
  return { owner, body: { kind: "kvm-unmap", owner: owner.index!, pasid } };
}

export function kvmTranslation(lookup: Lookup, place: Place, node: KvmTranslationStep): Lowered | undefined {
  const stated = node.owner
    ? lookup.owner(place, node.owner)
    : lookup.ownerHere(place, node, "kvm translation", "guest");
  const owner = lookup.guest(place, stated, node, "kvm translation");
  if (!owner || !node.state) return undefined;
  return { owner, body: { kind: "kvm-translation", owner: owner.index!, on: node.state.text === "on" } };
}
