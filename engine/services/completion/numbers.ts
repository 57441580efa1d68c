import type { Ranked } from "./item.js";
import { Rank } from "./item.js";

/** A PASID as people write it: decimal while it is small, hexadecimal above. @param value 0 to 2^32 - 1 */
export function pasidText(value: number): string {
  return value < 0x1000 ? `${value}` : `0x${value.toString(16)}`;
}

export function numberItem(label: string, detail: string, rank: number = Rank.fits): Ranked {
  return { label, kind: "number", detail, insert: label, rank };
}

export function pasidItem(pasid: number, detail: string, rank: number = Rank.fits): Ranked {
  return numberItem(pasidText(pasid), detail, rank);
}
