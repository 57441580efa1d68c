import { EpochMap } from "../../address/index.js";
import type { Call } from "../call.js";
import type { Machine } from "../machine.js";
import type { Refusal } from "../refusal.js";
import type { GroupAttachment, IommufdObject, ObjectOf, ObjectType } from "./objects.js";

/** How each type of object is called in a message. */
export const TYPE_WORDS: Readonly<Record<ObjectType, string>> = {
  ioas: "an IOAS",
  "hwpt-paging": "a paging HWPT",
  "hwpt-nested": "a nested HWPT",
  device: "a device",
  "fault-queue": "a fault queue",
  viommu: "a vIOMMU",
  vdevice: "a vDEVICE",
  access: "an access",
  "driver-object": "an object of a driver",
};

/** The object of a number, of whatever type, in the context of an owner. */
export function findAny(machine: Machine, owner: number, number: number): IommufdObject | undefined {
  const found = machine.iommufd.objects.get(number);
  return found?.owner === owner ? found : undefined;
}

/**
 * The object that a call names, as `iommufd_get_object` looks it up.
 * @returns U102 ENOENT when there is none of that type in the context
 */
export function find<T extends ObjectType>(
  call: Call,
  owner: number,
  number: number,
  type: T,
  command: string,
): ObjectOf<T> | Refusal {
  const found = findAny(call.machine, owner, number);
  return found?.type === type ? (found as ObjectOf<T>) : missing(call, command, TYPE_WORDS[type], found);
}

/** U102 ENOENT for an id that names nothing, or something else. */
export function missing(
  call: Call,
  command: string,
  wanted: string,
  found: IommufdObject | undefined,
): Refusal {
  const args = { call: command, wanted, found: found && `${found.name} is ${TYPE_WORDS[found.type]}` };
  const related = found ? [{ origin: found.origin, note: `${found.name} was made here` }] : [];
  return call.refuse("U102", "ENOENT", args, related);
}

/** The object of a number that is known to be there, of a type that is known too. */
export function get<T extends ObjectType>(machine: Machine, number: number, _type: T): ObjectOf<T> {
  return machine.iommufd.objects.get(number) as ObjectOf<T>;
}

/** Puts an object in the place of the one with its number. */
export function put(machine: Machine, object: IommufdObject): void {
  machine.ownIommufd().objects.set(object.number, object);
}

export function remove(machine: Machine, number: number): void {
  const state = machine.ownIommufd();
  state.objects.delete(number);
  state.removed += 1;
}

/** Takes or gives back references to an object. */
export function hold(machine: Machine, number: number, change: 1 | -1): void {
  const object = machine.iommufd.objects.get(number)!;
  put(machine, { ...object, users: object.users + change });
}

/** A number for an object that no statement names. */
export function drawNumber(machine: Machine): number {
  const state = machine.ownIommufd();
  state.next += 1;
  return state.next - 1;
}

/** What is attached for a group at a PASID; 0 is the RID. */
export function attachedAt(machine: Machine, group: number, pasid: number): GroupAttachment | undefined {
  return machine.iommufd.groups.get(group)?.get(pasid);
}

/** Writes what is attached for a group at a PASID; `undefined` for nothing any more. */
export function setAttached(
  machine: Machine,
  group: number,
  pasid: number,
  attachment: GroupAttachment | undefined,
): void {
  const state = machine.ownIommufd();
  const current = state.groups.get(group) ?? EpochMap.empty<GroupAttachment>(machine.epoch);
  const own = current.own(machine.epoch);
  if (attachment) own.set(pasid, attachment);
  else own.delete(pasid);
  state.groups.set(group, own);
}
