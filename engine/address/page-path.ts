import { type PageGeometry, slotFrames } from "./page-geometry.js";
import type { Leaf } from "./page-leaf.js";
import { NODE_SLOTS, type PageNode } from "./page-node.js";

/** One table on the way from the root towards a frame. */
export interface PathStep {
  readonly level: number;
  /** Slot of the table, 0 to 511. */
  readonly index: number;
  /** Whether the slot holds a table or a leaf. */
  readonly present: boolean;
  readonly leaf: boolean;
}

/**
 * The tables from the root to where the walk for a frame ends, as hardware has them: also those that a list
 * or a run stands for.
 * @param leaf the leaf that holds the frame; `undefined` when there is none
 */
export function pathTo(
  root: PageNode | undefined,
  geometry: PageGeometry,
  page: number,
  leaf: Leaf | undefined,
): PathStep[] {
  const steps: PathStep[] = [];
  if (!(page >= 0 && page < geometry.limit)) return steps;
  let node = root;
  for (let level = geometry.levels - 1; level >= 0; level -= 1) {
    const unit = slotFrames(level);
    const slotBase = Math.floor(page / unit) * unit;
    const index = (slotBase / unit) % NODE_SLOTS;
    const present = leaf !== undefined || (node !== undefined && isUsed(node, level, index, slotBase));
    steps.push({ level, index, present, leaf: leaf?.level === level });
    if (!present || leaf?.level === level) break;
    if (node?.list === undefined) node = node?.child(index);
  }
  return steps;
}

/** Whether anything lies below a slot that holds no leaf of the frame asked for. */
function isUsed(node: PageNode, level: number, index: number, slotBase: number): boolean {
  if (node.list === undefined) return node.child(index) !== undefined;
  const first = node.list[node.listIndex(slotBase)];
  return first !== undefined && first < slotBase + slotFrames(level);
}
