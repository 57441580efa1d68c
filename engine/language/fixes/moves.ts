import type { Edit } from "./fix.js";
import type { Site } from "./site.js";
import type { Placed } from "./statements.js";

/** A statement taken from further down and written before another. */
export function moveBefore(site: Site, moved: Placed, anchor: Placed): Edit[] {
  return [site.before(anchor, site.words(moved)), site.remove(moved)];
}

/** The name of a space of the same owner, written in the way of another name: with its owner, or bare. */
export function besides(
  name: { readonly qualifier: { readonly text: string } | undefined },
  space: string,
): string {
  return name.qualifier ? `${name.qualifier.text}.${space}` : space;
}

/** " pasid 7", as it stands in an attach or detach; nothing without a vPASID. */
export function pasidWords(
  pasid: { readonly number: { readonly text: string } | undefined } | undefined,
): string {
  return pasid?.number ? ` pasid ${pasid.number.text}` : "";
}
