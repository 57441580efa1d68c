import type { InThread } from "./debug-state.js";
import type { RangeIn } from "./places.js";

/** Client to language server: the picture of the start state of a file. */
export const TOPOLOGY = "ioasid/topology";
export interface TopologyParams {
  readonly uri: string;
}
export type TopologyResult =
  | ({ readonly state: "ready" } & Topology)
  /** There is no run of the file: it is too large, somebody stopped it, or the server does not know the file. */
  | { readonly state: "too-large" | "stopped" | "unknown" };

/** Client to debug adapter: the picture of the machine where a scenario stands, with the way of its request. */
export const DEBUG_TOPOLOGY = "ioasid/topology";
export interface DebugTopologyParams extends InThread {
  /** A frame of the thread: the way is shown up to its stage. */
  readonly frameId?: number | undefined;
}

export type TopologyKind =
  | "owner"
  | "process"
  | "kvm"
  | "device"
  | "rid"
  | "pasid"
  | "space"
  | "memory"
  | "more";

export interface Topology {
  /** What the picture shows, as a phrase. */
  readonly title: string;
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
  /** The way of the request at which a scenario stands, where it stands at one. */
  readonly path?: TopologyPath | undefined;
}

export interface TopologyNode {
  /** Stays the same from one state to the next. */
  readonly id: string;
  readonly kind: TopologyKind;
  readonly label: string;
  /** A phrase; empty where the label says all. */
  readonly detail: string;
  /** What is wrong, or wants to be looked at. */
  readonly marks: readonly TopologyMark[];
  /** The statement that made it. */
  readonly place?: RangeIn | undefined;
}

export interface TopologyMark {
  readonly kind: "conflict" | "missing" | "stale" | "waiting";
  /** A sentence. */
  readonly text: string;
}

/** One thing leads to another: requests go from `from` to `to`. */
export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
  /** A phrase; empty where the ends say all. */
  readonly label: string;
  /** It is only the way of a request, and nothing that the machine keeps. */
  readonly isStray: boolean;
}

export interface TopologyPath {
  readonly stages: readonly TopologyStage[];
  /** So many stages are behind the request; it is about the last one of them. 0 before it has begun. */
  readonly at: number;
  /** It does not come to memory. */
  readonly failed: boolean;
  /** What comes of it, in the words of the language. */
  readonly outcome: string;
}

export interface TopologyStage {
  readonly kind: string;
  readonly text: string;
  /** Nodes that the request has come to with this stage, in order; none where it stays where it is. */
  readonly nodes: readonly string[];
}
