import { EpochMap, PageTable, RangeMap } from "../../address/index.js";
import type { Call } from "../call.js";
import { deviceName, spaceName } from "../describe.js";
import { flushSpace } from "../dma/iotlb.js";
import type { UserTable } from "../operation.js";
import type { Refusal } from "../refusal.js";
import type { SpaceKind } from "../state.js";
import { leafSizes, tableWidth } from "../table-shape.js";

/** What a new space is made of, once its version of the uAPI has checked the request. */
export interface NewSpace {
  readonly owner: number;
  readonly number: number;
  readonly name: string;
  /** -1 for a root. */
  readonly parent: number;
  readonly kind: SpaceKind;
  readonly table: UserTable | undefined;
}

/** A guest's page table may use every leaf size of x86-64 paging, in frames. */
const GUEST_LEAVES = [1, 512, 512 * 512];

/** Makes a space with an empty table and gives it the lowest free handle of its fd, from 1. */
export function createSpace(call: Call, wanted: NewSpace): number {
  const { machine } = call;
  const { epoch } = machine;
  const owner = machine.ownOwner(wanted.owner);
  const id = owner.handles.lowestFree(1, 2 ** 31 - 1)!;
  owner.handles.set(id, wanted.number);
  const guest = wanted.kind === "page-table" || wanted.kind === "unbound";
  const { number, name, parent, kind, table } = wanted;
  // Field by field: a literal that begins with a spread is built property by property, each time.
  machine.addSpace({
    owner: wanted.owner,
    number,
    name,
    parent,
    kind,
    table,
    epoch,
    id,
    ranges: RangeMap.empty(epoch),
    pages: PageTable.empty(
      epoch,
      tableWidth(machine.platform),
      guest ? GUEST_LEAVES : leafSizes(machine.platform),
    ),
    entries: EpochMap.empty(epoch),
    children: EpochMap.empty(epoch),
    users: EpochMap.empty(epoch),
    units: EpochMap.empty(epoch),
    globalPasid: undefined,
    globalUsers: 0,
    pending: [],
    origin: call.origin,
  });
  if (wanted.parent >= 0) machine.ownSpace(wanted.parent).children.set(wanted.number, true);
  return id;
}

/**
 * IOASID_FREE.
 * @returns P016 EBUSY while devices are attached or children exist
 */
export function freeSpace(call: Call, number: number): Refusal | undefined {
  const { machine } = call;
  const space = machine.spaces.get(number)!;
  if (space.users.size > 0 || space.children.size > 0) {
    const devices = [...space.users.entries()].map(([device]) => deviceName(machine.platform, device));
    const children = [...space.children.entries()].map(([child]) => spaceName(machine, child));
    const related = [...space.children.entries()].map(([child]) => ({
      origin: machine.spaces.get(child)!.origin,
      note: `${spaceName(machine, child)} is nested on ${space.name}`,
    }));
    const args = { space: space.name, devices: devices.join(", "), children: children.join(", ") };
    return call.refuse("P016", "EBUSY", args, related);
  }
  // Only a guest's own PASID table can still point here; no translation outlives the table that made it.
  if (machine.platform.iommus.some((iommu) => iommu.pasidTable === "guest")) flushSpace(machine, number);
  machine.ownOwner(space.owner).handles.delete(space.id);
  if (space.parent >= 0 && machine.spaces.has(space.parent)) {
    machine.ownSpace(space.parent).children.delete(number);
  }
  machine.removeSpace(number);
  return undefined;
}
