import { type PageGeometry, slotFrames } from "./page-geometry.js";
import { orderOf } from "./page-leaf.js";
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

/** The tables from the root to where the walk for a frame ends, also those that a list stands for. */
export function pathTo(root: PageNode | undefined, geometry: PageGeometry, page: number): PathStep[] {
  const steps: PathStep[] = [];
  if (!(page >= 0 && page < geometry.limit)) return steps;
  let node = root;
  for (let level = geometry.levels - 1; level >= 0; level -= 1) {
    const unit = slotFrames(level);
    const slotBase = Math.floor(page / unit) * unit;
    const index = (slotBase / unit) % NODE_SLOTS;
    const slot = node === undefined ? "empty" : slotContent(node, geometry, level, index, slotBase);
    steps.push({ level, index, present: slot !== "empty", leaf: slot === "leaf" });
    if (slot !== "table") break;
    if (node?.list === undefined) node = node?.child(index);
  }
  return steps;
}

function slotContent(
  node: PageNode,
  geometry: PageGeometry,
  level: number,
  index: number,
  slotBase: number,
): "empty" | "table" | "leaf" {
  if (node.list === undefined) {
    if (node.child(index) !== undefined) return "table";
    return node.attributes(index) === 0 ? "empty" : "leaf";
  }
  const at = node.listIndex(slotBase);
  const first = node.list[at];
  if (first === undefined || first >= slotBase + slotFrames(level)) return "empty";
  return geometry.levelOf(orderOf(node.list[at + 2]!)) >= level ? "leaf" : "table";
}
