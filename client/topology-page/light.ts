import type { TopologyPath } from "../../server/protocol/index.js";

/** How far a request has come: "here" is where it is, "failed" where it ended without memory. */
export type Light = "passed" | "here" | "failed" | "coming";

/** What a request makes of a picture. */
export interface Lights {
  readonly nodes: ReadonlyMap<string, Light>;
  /** By `edgeKey`, in the direction of the picture or against it. */
  readonly edges: ReadonlyMap<string, Light>;
  /** The node that the request is at. */
  readonly here: string | undefined;
}

export function edgeKey(from: string, to: string): string {
  return `${from}>${to}`;
}

/** Lights the way of a request stage by stage. */
export function lightsOf(path: TopologyPath | undefined): Lights {
  const nodes = new Map<string, Light>();
  const edges = new Map<string, Light>();
  if (!path) return { nodes, edges, here: undefined };
  const { stages, at, failed } = path;
  const steps = stages.flatMap((stage, index) => stage.nodes.map((id) => ({ id, isDone: index < at })));
  const here = steps.findLast(({ isDone }) => isDone)?.id;
  let last: string | undefined;
  for (const { id, isDone } of steps) {
    const light = isDone ? "passed" : "coming";
    if (!isDone && nodes.has(id)) {
      last = id;
      continue;
    }
    nodes.set(id, light);
    if (last !== undefined && last !== id) {
      for (const key of [edgeKey(last, id), edgeKey(id, last)]) {
        if (edges.get(key) !== "passed") edges.set(key, light);
      }
    }
    last = id;
  }
  if (here !== undefined) nodes.set(here, failed && at >= stages.length ? "failed" : "here");
  return { nodes, edges, here };
}
