import { DIRTY_TRACKING, HWPT_PASID, NEST_PARENT, READ, WRITE } from "../../simulator/index.js";
import type { Entry } from "../names/definition.js";
import type { AllowIovasStep, CopyStep, DestroyStep, ObjectStep, ReplaceStep } from "../syntax/index.js";
import { optional } from "./device-steps.js";
import type { Lookup, Lowered, Place } from "./place.js";
import type { LoweredOnSpace } from "./space-steps.js";

const FLAGS: Readonly<Record<ObjectStep["flags"][number]["text"], number>> = {
  "nest-parent": NEST_PARENT,
  "dirty-tracking": DIRTY_TRACKING,
  pasid: HWPT_PASID,
};

/** What a statement makes whose name is known already. */
export function object(lookup: Lookup, place: Place, node: ObjectStep, made: Entry): Lowered | undefined {
  const parent = lookup.space(place, node.parent);
  const device = node.device && lookup.device(place, node.device);
  const queue = node.queue && lookup.space(place, node.queue);
  if (node.incomplete || (node.queue && !queue)) return undefined;
  const owner = made.owner!;
  const base = { owner: owner.index!, space: made.index!, name: made.name };
  if (node.makes === "ioas" || node.makes === "fault-queue") {
    return { owner, body: { kind: node.makes, ...base } };
  }
  if (!parent || !device) return undefined;
  const on = { ...base, parent: parent.index!, device: device.index! };
  if (node.makes === "viommu") return { owner, body: { kind: "viommu", ...on } };
  if (node.makes === "vdevice") {
    const id = node.id?.value;
    return id && { owner, body: { kind: "vdevice", ...on, id } };
  }
  const at = node.dataBlock?.at?.value;
  const flags = node.flags.reduce((all, { text }) => all | FLAGS[text], 0);
  return {
    owner,
    body: {
      kind: "hwpt",
      ...on,
      flags,
      ...(queue && { queue: queue.index! }),
      ...(node.data && { data: node.data.text }),
      ...(at && { at }),
    },
  };
}

export function destroy(lookup: Lookup, place: Place, node: DestroyStep): LoweredOnSpace | undefined {
  const space = lookup.space(place, node.space);
  if (!space) return undefined;
  const owner = place.owner ?? space.owner!;
  return { space, owner, body: { kind: "destroy", owner: owner.index!, space: space.index! } };
}

export function replace(lookup: Lookup, place: Place, node: ReplaceStep): Lowered | undefined {
  const device = lookup.device(place, node.device);
  const space = lookup.space(place, node.space);
  const pasid = optional(node.pasid);
  if (!device || !space || pasid === "broken") return undefined;
  const owner = place.owner ?? space.owner!;
  const body = { kind: "replace", owner: owner.index!, device: device.index!, space: space.index! } as const;
  return { owner, body: { ...body, ...(pasid !== undefined && { pasid }) } };
}

export function copy(lookup: Lookup, place: Place, node: CopyStep): Lowered | undefined {
  const space = lookup.space(place, node.space);
  const destination = lookup.space(place, node.destination);
  const range = node.range?.value;
  const at = node.at?.value;
  if (!space || !destination || !range || !at) return undefined;
  const owner = place.owner ?? space.owner!;
  const access = node.access?.bits ?? READ_WRITE;
  const ends = { space: space.index!, destination: destination.index! };
  return { owner, body: { kind: "copy", owner: owner.index!, ...ends, range, at, access } };
}

/** Access of a copy that says nothing of it, as of a mapping. */
const READ_WRITE = READ | WRITE;

export function allowIovas(lookup: Lookup, place: Place, node: AllowIovasStep): Lowered | undefined {
  const space = lookup.space(place, node.space);
  const ranges = node.ranges.flatMap(({ value }) => (value ? [value] : []));
  if (!space || ranges.length < node.ranges.length) return undefined;
  const owner = place.owner ?? space.owner!;
  return { owner, body: { kind: "allow-iovas", owner: owner.index!, space: space.index!, ranges } };
}
