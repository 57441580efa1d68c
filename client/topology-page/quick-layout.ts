import type { TopologyEdge, TopologyNode } from "../../server/protocol/index.js";
import type { Component } from "./components.js";
import type { Placed, PlacedNode } from "./layout.js";
import { sizeOf } from "./sizes.js";

const GAP = 14;
const COLUMN_GAP = 70;

/** Times that the order within the columns is made better. */
const SWEEPS = 4;

/**
 * Places a part of a picture that is too large to be laid out well while a person waits: each thing in the
 * column behind all that lead to it, near to those, in time that grows with the size alone.
 */
export function placeQuickly({ nodes, edges }: Component): Placed {
  const into = neighbours(edges, ({ from, to }) => [to, from]);
  const outOf = neighbours(edges, ({ from, to }) => [from, to]);
  const columns = columnsOf(nodes, into, outOf);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const isForward = sweep % 2 === 0;
    const positions = new Map<string, number>();
    for (const column of isForward ? columns : [...columns].reverse()) {
      const sides = isForward ? into : outOf;
      const wanted = new Map(column.map(({ id }, index) => [id, mean(sides.get(id), positions) ?? index]));
      column.sort((a, b) => (wanted.get(a.id) ?? 0) - (wanted.get(b.id) ?? 0));
      for (const [index, { id }] of column.entries()) positions.set(id, index / column.length);
    }
  }
  return stacked(columns, edges);
}

type Neighbours = ReadonlyMap<string, readonly string[]>;

function neighbours(
  edges: readonly TopologyEdge[],
  ends: (edge: TopologyEdge) => [of: string, neighbour: string],
): Neighbours {
  const found = new Map<string, string[]>();
  for (const edge of edges) {
    const [of, neighbour] = ends(edge);
    const list = found.get(of);
    if (list) list.push(neighbour);
    else found.set(of, [neighbour]);
  }
  return found;
}

/** Each node behind all that lead to it; those that lead to one another in a ring stand last. */
function columnsOf(nodes: readonly TopologyNode[], into: Neighbours, outOf: Neighbours): TopologyNode[][] {
  const open = new Map(nodes.map(({ id }) => [id, into.get(id)?.length ?? 0]));
  const ranks = new Map<string, number>();
  const ready = nodes.filter(({ id }) => open.get(id) === 0).map(({ id }) => id);
  for (const id of ready) {
    const rank = ranks.get(id) ?? 0;
    ranks.set(id, rank);
    for (const next of outOf.get(id) ?? []) {
      ranks.set(next, Math.max(ranks.get(next) ?? 0, rank + 1));
      const left = (open.get(next) ?? 0) - 1;
      open.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  const columns: TopologyNode[][] = [];
  for (const node of nodes) {
    const rank = ranks.get(node.id) ?? 0;
    columns[rank] = [...(columns[rank] ?? []), node];
  }
  return Array.from(columns, (column) => column ?? []);
}

function mean(
  ids: readonly string[] | undefined,
  positions: ReadonlyMap<string, number>,
): number | undefined {
  const known = (ids ?? []).flatMap((id) => positions.get(id) ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, each) => sum + each, 0) / known.length;
}

function stacked(columns: readonly (readonly TopologyNode[])[], edges: readonly TopologyEdge[]): Placed {
  const heights = columns.map((column) =>
    column.reduce((sum, node) => sum + sizeOf(node).height + GAP, -GAP),
  );
  const height = Math.max(0, ...heights);
  const placed = new Map<string, PlacedNode>();
  let left = 0;
  for (const [index, column] of columns.entries()) {
    const width = Math.max(0, ...column.map((node) => sizeOf(node).width));
    // What a shorter column has of room is shared out, so that ways stay level.
    const spare = column.length > 0 ? (height - (heights[index] ?? 0)) / column.length : 0;
    let top = spare / 2;
    for (const node of column) {
      const size = sizeOf(node);
      placed.set(node.id, { node, x: left + width / 2, y: top + size.height / 2, ...size });
      top += size.height + GAP + spare;
    }
    left += width + COLUMN_GAP;
  }
  return {
    width: Math.max(0, left - COLUMN_GAP),
    height,
    nodes: columns.flatMap((column) => column.flatMap(({ id }) => placed.get(id) ?? [])),
    edges: edges.flatMap((edge) => {
      const [from, to] = [placed.get(edge.from), placed.get(edge.to)];
      if (!from || !to) return [];
      const start = { x: from.x + from.width / 2, y: from.y };
      const end = { x: to.x - to.width / 2, y: to.y };
      return [{ edge, points: [start, { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 }, end] }];
    }),
  };
}
