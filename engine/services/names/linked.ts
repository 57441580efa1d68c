import type { Span } from "../../language/index.js";
import { type Named, nameEverywhere } from "./everywhere.js";

/**
 * All places of the name at an offset, when all of them are in its file: then they can be changed together
 * while somebody types. Of a name that any other file knows there are none, since those would be left behind.
 * @param programs of all root files of the workspace
 * @param offset UTF-16 units
 */
export function linkedPlaces(programs: readonly Named[], file: string, offset: number): readonly Span[] {
  const places = nameEverywhere(programs, file, offset)?.places ?? [];
  return places.every((place) => place.file === file) ? places : [];
}
