import { get, type Ioas, keepAreas, put } from "../../iommufd/index.js";
import type { Machine } from "../../machine.js";

/** Gives a fresh IOAS of another host what one maps and allows; it has no page tables yet. */
export function refillIoas(host: Machine, from: Ioas): void {
  const ioas = get(host, from.number, "ioas");
  const own = keepAreas(host, { ...ioas, allowed: from.allowed, hugePages: from.hugePages });
  for (const { start, last, target, access, origin } of from.areas.entries()) {
    own.areas.insert({ start, last }, target, access, origin);
  }
  put(host, own);
  host.ownSpace(from.number).ranges = own.areas;
}
