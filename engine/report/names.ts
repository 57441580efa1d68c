import type { Platform } from "../simulator/index.js";

/** A whole number with commas between thousands, the same in every locale. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 step`, `12,345 steps`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

export function deviceName(platform: Platform, device: number): string {
  return platform.devices[device]!.name;
}

export function ownerName(platform: Platform, owner: number): string {
  return platform.owners[owner]!.name;
}
