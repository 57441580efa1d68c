import { type PageGeometry, slotFrames } from "./page-geometry.js";
import { accessOf, framesOf, framesOfOrder, leafOrderOf, originOf, packAttributes } from "./page-leaf.js";
import { isMultiple, LIST_AGAIN, LIST_LIMIT, LIST_STRIDE, NODE_SLOTS, PageNode } from "./page-node.js";

/** What a run of frames is to become. */
export interface Fill {
  readonly epoch: number;
  readonly geometry: PageGeometry;
  /** Target frame minus frame. */
  readonly delta: number;
  /** The largest order of a leaf that `delta` allows. */
  readonly alignment: number;
  readonly access: number;
  readonly origin: number;
}

/**
 * Installs the largest runs over free frames.
 * @param node the subtree at `level`, whose first frame is `base`; `undefined` when there is none yet
 * @param from first frame, inside the subtree
 * @param end one past the last frame, inside the subtree
 */
export function fill(
  job: Fill,
  node: PageNode | undefined,
  level: number,
  base: number,
  from: number,
  end: number,
): PageNode {
  if (node !== undefined && node.list === undefined) {
    return fillTable(job, node.writable(job.epoch), level, base, from, end);
  }
  const added = leavesOf(job, from, end, LIST_LIMIT - (node?.leaves ?? 0));
  if (added !== undefined)
    return node === undefined ? PageNode.list(job.epoch, added) : join(job, node, added);
  return fillTable(job, tableFrom(job, node, level, base), level, base, from, end);
}

/** The leaves of a run in list form, or `undefined` when they are more than `limit`. */
function leavesOf(job: Fill, from: number, end: number, limit: number): number[] | undefined {
  const leaves: number[] = [];
  for (let page = from; page < end; ) {
    if (leaves.length === limit * LIST_STRIDE) return undefined;
    const order = runOrder(job.geometry.orders, page, end);
    leaves.push(page, page + job.delta, attributesOf(job, order));
    page += framesOfOrder(order);
  }
  return leaves;
}

/** Adds leaves to a list; the frames were free, so they all go to one place. */
function join(job: Fill, node: PageNode, added: readonly number[]): PageNode {
  const list = node.list!;
  const at = node.listIndex(added[0]!);
  if (node.epoch !== job.epoch)
    return PageNode.list(job.epoch, [...list.slice(0, at), ...added, ...list.slice(at)]);
  list.splice(at, 0, ...added);
  node.leaves = list.length / LIST_STRIDE;
  return node;
}

/** A table of the leaves of a list. */
function tableFrom(job: Fill, node: PageNode | undefined, level: number, base: number): PageNode {
  let table = PageNode.table(job.epoch, level);
  node?.forEach(slotFrames(level), base, (page, target, attributes) => {
    const { epoch, geometry } = job;
    const leaf = {
      epoch,
      geometry,
      delta: target - page,
      alignment: leafOrderOf(attributes),
      access: accessOf(attributes),
      origin: originOf(attributes),
    };
    table = fillTable(leaf, table, level, base, page, page + framesOf(attributes));
  });
  return table;
}

function fillTable(
  job: Fill,
  table: PageNode,
  level: number,
  base: number,
  from: number,
  end: number,
): PageNode {
  const unit = slotFrames(level);
  const orders = job.geometry.ordersAt[level]!;
  const last = Math.floor((end - 1 - base) / unit);
  let slot = Math.floor((from - base) / unit);
  while (slot <= last) {
    const slotBase = base + slot * unit;
    const order = from <= slotBase ? runOrder(orders, slotBase, end) : -1;
    if (order >= 0) {
      const attributes = attributesOf(job, order);
      const slots = framesOfOrder(order) / unit;
      for (let part = 0; part < slots; part += 1) {
        table.putLeaf(slot + part, slotBase + part * unit + job.delta, attributes);
      }
      table.leaves += 1;
      slot += slots;
    } else {
      const before = table.children[slot];
      const count = before === undefined ? 0 : before.leaves;
      const start = Math.max(from, slotBase);
      const child = fill(job, before, level - 1, slotBase, start, Math.min(end, slotBase + unit));
      table.children[slot] = child;
      table.leaves += child.leaves - count;
      slot += 1;
    }
  }
  return table;
}

/** The largest of some orders that a run from `start` to at most `end` can have, or -1. */
function runOrder(orders: readonly number[], start: number, end: number): number {
  for (const order of orders) {
    const size = framesOfOrder(order);
    if (start + size <= end && isMultiple(start, size)) return order;
  }
  return -1;
}

function attributesOf(job: Fill, order: number): number {
  return packAttributes(order, job.geometry.leafOrder(order, job.alignment), job.access, job.origin);
}

/**
 * Empties frames; a leaf that reaches into them goes as a whole, so the caller splits those at the ends.
 * @returns the subtree, its copy when another epoch wrote it, or `undefined` when nothing is left
 */
export function clear(
  epoch: number,
  node: PageNode,
  level: number,
  base: number,
  from: number,
  end: number,
): PageNode | undefined {
  const left =
    node.list === undefined
      ? clearTable(epoch, node, level, base, from, end)
      : clearList(epoch, node, from, end);
  if (left.leaves === 0) return undefined;
  if (left.list !== undefined || left.leaves > LIST_AGAIN) return left;
  return listFrom(epoch, left, level, base);
}

function clearList(epoch: number, node: PageNode, from: number, end: number): PageNode {
  const list = node.list!;
  const at = node.listIndex(from);
  let past = at;
  while (past < list.length && list[past]! < end) past += LIST_STRIDE;
  if (past === at) return node;
  if (node.epoch !== epoch) return PageNode.list(epoch, [...list.slice(0, at), ...list.slice(past)]);
  list.splice(at, past - at);
  node.leaves = list.length / LIST_STRIDE;
  return node;
}

function clearTable(
  epoch: number,
  shared: PageNode,
  level: number,
  base: number,
  from: number,
  end: number,
): PageNode {
  const unit = slotFrames(level);
  const last = Math.min(NODE_SLOTS - 1, Math.floor((end - 1 - base) / unit));
  let table = shared;
  let slot = table.nextUsed(Math.max(0, Math.floor((from - base) / unit)), last);
  for (; slot <= last; slot = table.nextUsed(slot + 1, last)) {
    const slotBase = base + slot * unit;
    const child = table.child(slot);
    if (child === undefined) {
      // A leaf that repeats counts once, with its first slot.
      const first = isMultiple(slotBase, framesOf(table.attributes(slot)));
      table = table.writable(epoch);
      table.drop(slot);
      if (first) table.leaves -= 1;
      continue;
    }
    const count = child.leaves;
    const whole = from <= slotBase && slotBase + unit <= end;
    const left = whole ? undefined : clear(epoch, child, level - 1, slotBase, from, end);
    if (left !== undefined && left.leaves === count) continue;
    table = table.writable(epoch);
    table.leaves -= count - (left === undefined ? 0 : left.leaves);
    table.children[slot] = left;
  }
  return table;
}

/** A list of the leaves of a table. */
function listFrom(epoch: number, table: PageNode, level: number, base: number): PageNode {
  const leaves: number[] = [];
  table.forEach(slotFrames(level), base, (page, target, attributes) => {
    leaves.push(page, target, attributes);
  });
  return PageNode.list(epoch, leaves);
}
