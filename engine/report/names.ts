import { type Address, toHex } from "../address/index.js";
import type { Platform } from "../simulator/index.js";

/** Hexadecimal as the language groups it: `0x20_1000`. */
export function groupedHex(address: Address): string {
  const digits = toHex(address).slice(2);
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 4) groups.unshift(digits.slice(Math.max(0, end - 4), end));
  return `0x${groups.join("_")}`;
}

/** A whole number with commas between thousands, the same in every locale. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 step`, `12,345 steps`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

export function deviceName(platform: Platform, device: number): string {
  return platform.devices[device]?.name ?? `device ${device}`;
}

export function ownerName(platform: Platform, owner: number): string {
  return platform.owners[owner]?.name ?? `owner ${owner}`;
}

/** `vm0.ram`: a memory with its owner, unique in every file. */
export function qualifiedMemory(platform: Platform, memory: number): string {
  const found = platform.memories[memory];
  return found ? `${ownerName(platform, found.owner)}.${found.name}` : `memory ${memory}`;
}

/** The name that a person would write: bare where it is unique, else with the owner. */
export function memoryName(platform: Platform, memory: number): string {
  const found = platform.memories[memory];
  if (!found) return qualifiedMemory(platform, memory);
  const alone = platform.memories.every((other, index) => index === memory || other.name !== found.name);
  return alone ? found.name : qualifiedMemory(platform, memory);
}
