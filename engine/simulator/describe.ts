import type { Machine } from "./machine.js";
import type { Platform } from "./platform.js";

/** Requester id as lspci prints it: `6a:01.0`, with the segment in front when it is not 0. */
export function formatRid(rid: number): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
  const segment = Math.floor(rid / 0x10000);
  const bus = (rid >> 8) & 0xff;
  const function_ = `${hex(bus, 2)}:${hex((rid >> 3) & 0x1f, 2)}.${rid & 7}`;
  return segment === 0 ? function_ : `${hex(segment, 4)}:${function_}`;
}

/** @param device index in the platform */
export function deviceName(platform: Platform, device: number): string {
  return platform.devices[device]!.name;
}

/** @param owner index in the platform */
export function ownerName(platform: Platform, owner: number): string {
  return platform.owners[owner]!.name;
}

/** Name of a space as its owner wrote it; a freed or unknown one still needs words. */
export function spaceName(machine: Machine, number: number): string {
  return machine.spaces.get(number)?.name ?? "a freed IOASID";
}

/** Name of a space with its owner in front, for tables that show several owners. */
export function qualifiedSpaceName(machine: Machine, number: number): string {
  const space = machine.spaces.get(number);
  if (!space) return "a freed IOASID";
  const owner = ownerName(machine.platform, space.owner);
  // A table that an attach made has no name of its own: it is described, and what it is made of is qualified.
  const object = machine.iommufd.objects.get(number);
  const isMade = object?.type === "hwpt-paging" && object.auto;
  return isMade ? space.name.replace(AUTO_TABLE, `${AUTO_TABLE}${owner}.`) : `${owner}.${space.name}`;
}

/** Begins what a page table is called that an attach made for an IOAS. */
export const AUTO_TABLE = "the page table of ";
