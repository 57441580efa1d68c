import type { Step } from "../syntax/index.js";
import { ownerOf, pasidOf } from "./pasids.js";
import type { PlacedAs, Site } from "./site.js";
import type { Placed } from "./statements.js";

type Attach = PlacedAs<"attach">;

/**
 * The attaches that hold when a statement runs, as far as the text tells: those of all owner blocks before a
 * scenario, and those above the statement in its own block, without the ones that a detach took back or
 * whose stated outcome is an errno.
 */
export function attachedAt(site: Site, anchor: Placed, meets: (node: Attach["node"]) => boolean): Attach[] {
  const held: Attach[] = [];
  for (const placed of runningBefore(site, anchor, "attach", "detach")) {
    if (placed.node.outcome?.result?.kind === "errno") continue;
    if (placed.node.kind === "attach") {
      if (meets(placed.node)) held.push(placed as Attach);
      continue;
    }
    const undone = held.findLastIndex((attach) => isSame(site, attach, placed as PlacedAs<"detach">));
    if (undone >= 0) held.splice(undone, 1);
  }
  return held;
}

/** The statements of some kinds that run before one, as far as the text tells, in that order. */
export function runningBefore<K extends Step["kind"]>(
  site: Site,
  anchor: Placed,
  ...kinds: readonly K[]
): PlacedAs<K>[] {
  return site.all(...kinds).filter((placed) => runsBefore(placed, anchor));
}

/** A space in a statement: its name, with its owner where that is known. */
export function spaceKey(site: Site, placed: Placed & { readonly node: Step }): string {
  const space = "space" in placed.node && placed.node.space?.kind === "name" ? placed.node.space.text : "";
  return `${ownerOf(site, placed)?.name ?? ""}.${space}`;
}

function runsBefore(placed: Placed, anchor: Placed): boolean {
  if (placed.block === anchor.block) return placed.node.start < anchor.node.start;
  if (placed.block?.kind === "scenario") return false;
  if (anchor.block?.kind === "scenario") return true;
  return placed.file !== anchor.file || placed.node.start < anchor.node.start;
}

function isSame(site: Site, attach: Attach, detach: PlacedAs<"detach">): boolean {
  const { device, pasid } = attach.node;
  return (
    device?.text === detach.node.device?.text &&
    pasidOf(pasid?.number) === pasidOf(detach.node.pasid?.number) &&
    spaceKey(site, attach) === spaceKey(site, detach)
  );
}
