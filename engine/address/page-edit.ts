import { isMultiple, type PageGeometry, slotFrames } from "./page-geometry.js";
import { attributeBits, NODE_SLOTS, orderOf, originOf, PageNode, packAttributes } from "./page-node.js";

/** What a run of frames is to become. */
export interface Fill {
  readonly epoch: number;
  readonly geometry: PageGeometry;
  /** Target frame minus frame. */
  readonly delta: number;
  /** The largest order that `delta` allows. */
  readonly alignment: number;
  readonly access: number;
  readonly origin: number;
}

/**
 * Installs the largest legal leaves over free frames.
 * @param table the table at `level`, whose first frame is `base`; `undefined` when there is none yet
 * @param from first frame, inside the table
 * @param end one past the last frame, inside the table
 */
export function fill(
  job: Fill,
  table: PageNode | undefined,
  level: number,
  base: number,
  from: number,
  end: number,
): PageNode {
  const unit = slotFrames(level);
  const node = table?.writable(job.epoch) ?? new PageNode(job.epoch, level > 0);
  const last = Math.floor((end - 1 - base) / unit);
  let slot = Math.floor((from - base) / unit);
  node.expect(last - slot);
  while (slot <= last) {
    const slotBase = base + slot * unit;
    const order = from <= slotBase ? leafOrder(job, level, slotBase, end) : -1;
    if (order >= 0) {
      const attributes = packAttributes(order, job.access, job.origin);
      const slots = 2 ** order / unit;
      for (let part = 0; part < slots; part += 1) {
        node.putLeaf(slot + part, slotBase + part * unit + job.delta, attributes);
      }
      node.leaves += 1;
      slot += slots;
    } else {
      const before = node.child(slot);
      const count = before?.leaves ?? 0;
      const start = Math.max(from, slotBase);
      const child = fill(job, before, level - 1, slotBase, start, Math.min(end, slotBase + unit));
      node.putChild(slot, child);
      node.leaves += child.leaves - count;
      slot += 1;
    }
  }
  return node;
}

/** The largest order of a leaf of this level from `start` that ends by `end`, or -1. */
function leafOrder(job: Fill, level: number, start: number, end: number): number {
  for (const order of job.geometry.orders[level]!) {
    const size = 2 ** order;
    if (order <= job.alignment && start + size <= end && isMultiple(start, size)) return order;
  }
  return -1;
}

/**
 * Empties frames; a leaf that reaches into them goes as a whole, so the caller splits those at the ends.
 * @returns the table, its copy when another epoch wrote it, or `undefined` when nothing is left
 */
export function clear(
  epoch: number,
  table: PageNode,
  level: number,
  base: number,
  from: number,
  end: number,
): PageNode | undefined {
  const unit = slotFrames(level);
  const last = Math.min(NODE_SLOTS - 1, Math.floor((end - 1 - base) / unit));
  let node = table;
  let slot = node.nextUsed(Math.max(0, Math.floor((from - base) / unit)));
  for (; slot <= last; slot = node.nextUsed(slot + 1)) {
    const slotBase = base + slot * unit;
    const child = node.child(slot);
    if (child === undefined) {
      const first = isMultiple(slotBase, 2 ** orderOf(node.attributes(slot)));
      node = node.writable(epoch);
      node.drop(slot);
      // A leaf that repeats counts once, with its first slot.
      if (first) node.leaves -= 1;
      continue;
    }
    const count = child.leaves;
    const whole = from <= slotBase && slotBase + unit <= end;
    const left = whole ? undefined : clear(epoch, child, level - 1, slotBase, from, end);
    if (left !== undefined && left.leaves === count) continue;
    node = node.writable(epoch);
    node.leaves -= count - (left?.leaves ?? 0);
    if (left === undefined) node.drop(slot);
    else node.putChild(slot, left);
  }
  if (node.used === 0) return undefined;
  if (node.epoch === epoch) node.shrink();
  return node;
}

export type LeafVisitor = (
  page: number,
  frames: number,
  targetPage: number,
  access: number,
  origin: number,
) => void;

/** Calls `visit` for each leaf below a table, ascending. */
export function visitLeaves(node: PageNode, level: number, base: number, visit: LeafVisitor): void {
  const unit = slotFrames(level);
  for (let slot = node.nextUsed(0); slot < NODE_SLOTS; slot = node.nextUsed(slot + 1)) {
    const slotBase = base + slot * unit;
    const child = node.child(slot);
    if (child !== undefined) {
      visitLeaves(child, level - 1, slotBase, visit);
      continue;
    }
    const attributes = node.attributes(slot);
    const frames = 2 ** orderOf(attributes);
    if (isMultiple(slotBase, frames)) {
      visit(slotBase, frames, node.target(slot), attributeBits(attributes) & 255, originOf(attributes));
    }
  }
}
