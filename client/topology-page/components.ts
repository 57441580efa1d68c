import type { TopologyEdge, TopologyNode } from "../../server/protocol/index.js";

/** A part of a picture that nothing leads into or out of. */
export interface Component {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
}

/** The parts of a picture, in the order of their first nodes. */
export function componentsOf(nodes: readonly TopologyNode[], edges: readonly TopologyEdge[]): Component[] {
  const leaders = new Map(nodes.map(({ id }) => [id, id]));
  const leaderOf = (id: string): string => {
    let at = id;
    for (let up = leaders.get(at); up !== undefined && up !== at; up = leaders.get(at)) {
      leaders.set(at, leaders.get(up) ?? up);
      at = up;
    }
    return at;
  };
  for (const { from, to } of edges) leaders.set(leaderOf(to), leaderOf(from));
  const parts = new Map<string, { nodes: TopologyNode[]; edges: TopologyEdge[] }>();
  for (const node of nodes) {
    const leader = leaderOf(node.id);
    const part = parts.get(leader);
    if (part) part.nodes.push(node);
    else parts.set(leader, { nodes: [node], edges: [] });
  }
  for (const edge of edges) parts.get(leaderOf(edge.from))?.edges.push(edge);
  return [...parts.values()];
}
