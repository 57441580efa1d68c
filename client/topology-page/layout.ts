import { graphlib, layout as layOut } from "@dagrejs/dagre";
import type { TopologyEdge, TopologyNode } from "../../server/protocol/index.js";
import { type Component, componentsOf } from "./components.js";
import { placeQuickly } from "./quick-layout.js";
import { type Size, sizeOf } from "./sizes.js";

export type { Size };

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A node where it stands: its middle. */
export interface PlacedNode extends Point, Size {
  readonly node: TopologyNode;
}

export interface PlacedEdge {
  readonly edge: TopologyEdge;
  /** From the border of one box to that of the other. */
  readonly points: readonly Point[];
}

/** A picture of which everything has its place. */
export interface Placed extends Size {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** Where requests go. */
export type Direction = "right" | "down";

const GAP = 28;

/** Nodes of a picture that takes too long to be laid out well. */
const LARGE = 700;

/** Parts that are remembered, so that a step of a debugger lays out only what is different then. */
const REMEMBERED = 500;

/** Lays pictures out, part by part, and remembers the parts. */
export class Layouts {
  private known = new Map<string, Placed>();

  /**
   * Gives everything its place.
   * @param direction that requests go in; a large picture always goes to the right
   * @param pause called before a part that has to be laid out anew; where it rejects, the work ends
   */
  async place(
    nodes: readonly TopologyNode[],
    edges: readonly TopologyEdge[],
    direction: Direction,
    pause: () => Promise<void>,
  ): Promise<Placed> {
    const isLarge = nodes.length > LARGE;
    const parts: Placed[] = [];
    const used = new Map<string, Placed>();
    for (const component of componentsOf(nodes, edges)) {
      const key = `${isLarge ? "quick" : direction}\n${keyOf(component)}`;
      let placed = this.known.get(key);
      if (!placed) {
        await pause();
        placed = isLarge ? placeQuickly(component) : placeWell(component, direction);
      }
      used.set(key, placed);
      parts.push(renewed(placed, component));
    }
    this.remember(used);
    return packed(parts);
  }

  private remember(used: ReadonlyMap<string, Placed>): void {
    const all = new Map([...this.known, ...used]);
    this.known = all.size > REMEMBERED ? new Map(used) : all;
  }
}

/** What a layout depends on. */
function keyOf({ nodes, edges }: Component): string {
  const boxes = nodes.map((node) => {
    const { width, height } = sizeOf(node);
    return `${node.id} ${width}x${height}`;
  });
  return [...boxes, ...edges.map(({ from, to, label }) => `${from}>${to} ${label.length}`)].join("\n");
}

function placeWell({ nodes, edges }: Component, direction: Direction): Placed {
  const graph = new graphlib.Graph();
  const rankdir = direction === "right" ? "LR" : "TB";
  graph.setGraph({ rankdir, nodesep: 14, edgesep: 8, ranksep: direction === "right" ? 44 : 34 });
  for (const node of nodes) graph.setNode(node.id, { ...sizeOf(node) });
  for (const { from, to, label } of edges) {
    const size = label === "" ? { width: 0, height: 0 } : { width: label.length * 6 + 8, height: 14 };
    graph.setEdge(from, to, { ...size, labelpos: "c" });
  }
  layOut(graph);
  const { width = 0, height = 0 } = graph.graph() as Partial<Size>;
  return {
    width,
    height,
    nodes: nodes.map((node) => {
      const { x, y } = graph.node(node.id) as unknown as Point;
      return { node, x, y, ...sizeOf(node) };
    }),
    edges: edges.map((edge) => {
      const { points } = graph.edge(edge.from, edge.to) as unknown as Pick<PlacedEdge, "points">;
      return { edge, points };
    }),
  };
}

/** The same places for the nodes as they are now. */
function renewed({ width, height, nodes, edges }: Placed, now: Component): Placed {
  const byId = new Map(now.nodes.map((node) => [node.id, node]));
  return {
    width,
    height,
    nodes: nodes.map((each) => ({ ...each, node: byId.get(each.node.id) ?? each.node })),
    edges: edges.map((each, index) => ({ ...each, edge: now.edges[index] ?? each.edge })),
  };
}

/** Puts parts below one another, in as many columns as make the whole about as wide as it is high. */
function packed(parts: readonly Placed[]): Placed {
  const area = parts.reduce((sum, { width, height }) => sum + (width + GAP) * (height + GAP), 0);
  const highest = Math.max(0, ...parts.map(({ height }) => height));
  const limit = Math.max(highest, Math.sqrt(area));
  const nodes: PlacedNode[] = [];
  const edges: PlacedEdge[] = [];
  let [left, top, column, bottom] = [0, 0, 0, 0];
  for (const part of parts) {
    if (top > 0 && top + part.height > limit) {
      left += column + GAP;
      [top, column] = [0, 0];
    }
    nodes.push(...part.nodes.map((each) => ({ ...each, x: each.x + left, y: each.y + top })));
    for (const { edge, points } of part.edges) {
      edges.push({ edge, points: points.map(({ x, y }) => ({ x: x + left, y: y + top })) });
    }
    top += part.height + GAP;
    column = Math.max(column, part.width);
    bottom = Math.max(bottom, top - GAP);
  }
  return { width: left + column, height: bottom, nodes, edges };
}
