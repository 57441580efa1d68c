import { slotFrames } from "./page-geometry.js";
import { framesOf } from "./page-leaf.js";
import { NODE_SLOTS, type PageNode } from "./page-node.js";

/** Leaves that are stored as one: a power of two frames, aligned. */
export interface Run {
  readonly page: number;
  readonly frames: number;
  /** Target of the first frame. */
  readonly target: number;
  readonly attributes: number;
}

/**
 * The stored run that holds a frame, as an edit needs it to cut it.
 * @param top level of the root
 */
export function runAt(root: PageNode | undefined, top: number, page: number): Run | undefined {
  let node = root;
  for (let level = top; node !== undefined; level -= 1) {
    if (node.list !== undefined) return runInList(node, node.list, page);
    const unit = slotFrames(level);
    const slot: number = Math.floor(page / unit) % NODE_SLOTS;
    const child: PageNode | undefined = node.child(slot);
    if (child === undefined) {
      const attributes = node.attributes(slot);
      if (attributes === 0) return undefined;
      const frames = framesOf(attributes);
      const first = Math.floor(page / frames) * frames;
      // A run larger than a slot repeats, and each slot has its own target.
      const skipped = Math.floor(page / unit) * unit - first;
      return { page: first, frames, target: node.target(slot) - skipped, attributes };
    }
    node = child;
  }
  return undefined;
}

function runInList(node: PageNode, list: readonly number[], page: number): Run | undefined {
  const at = node.listIndex(page);
  const first = list[at];
  if (first === undefined || first > page) return undefined;
  const attributes = list[at + 2]!;
  return { page: first, frames: framesOf(attributes), target: list[at + 1]!, attributes };
}
