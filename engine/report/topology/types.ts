/*
 * The machine as a picture. `P` is how a place in a file is told; everything else is plain values.
 */

/** What a node of the picture stands for. */
export type TopologyKind =
  | "owner"
  | "process"
  | "kvm"
  | "device"
  | "rid"
  | "pasid"
  | "space"
  | "memory"
  /** Stands for what is too much to show. */
  | "more";

/** What is wrong at a node, or wants to be looked at. */
export interface TopologyMark {
  /** "missing": it has to be there and is not. "stale": something cached is believed that the tables do not give. */
  readonly kind: "conflict" | "missing" | "stale" | "waiting";
  /** A sentence. */
  readonly text: string;
}

/** A thing of the machine. */
export interface TopologyNode<P> {
  /** Tells it apart, and stays the same from one state to the next: `device 3`, `pasid 3 7`, `space 5`. */
  readonly id: string;
  readonly kind: TopologyKind;
  readonly label: string;
  /** A phrase; empty where the label says all. */
  readonly detail: string;
  /** Place of the statement that made it; `undefined` where none did. */
  readonly place: P | undefined;
  readonly marks: readonly TopologyMark[];
}

/** One thing leads to another: requests go from left to right. */
export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
  /** A phrase; empty where the ends say all. */
  readonly label: string;
  /** It is only the way of a request, and nothing that the machine keeps. */
  readonly isStray: boolean;
}

/** A stage of a walk, by the nodes that it is about. */
export interface TopologyStage {
  readonly kind: string;
  readonly text: string;
  /** Nodes that the request has come to with this stage, in order; none where it stays where it is. */
  readonly nodes: readonly string[];
}

/** The way of a request through the machine. */
export interface TopologyPath {
  readonly stages: readonly TopologyStage[];
  /** It did not come to memory. */
  readonly failed: boolean;
}

/** The machine as a picture shows it. */
export interface Topology<P> {
  readonly nodes: readonly TopologyNode<P>[];
  readonly edges: readonly TopologyEdge[];
  readonly path: TopologyPath | undefined;
}
