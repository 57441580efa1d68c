import type { Origin } from "../../simulator/index.js";
import type { TopologyEdge, TopologyMark, TopologyNode } from "./types.js";

/** A node by the statement that made it, whose place is told at the end. */
export interface DraftNode extends Omit<TopologyNode<never>, "place"> {
  readonly origin: Origin | undefined;
}

/** A picture that is being made: things are added in any order, each once. */
export class Draft {
  private readonly byId = new Map<string, DraftNode>();
  private readonly links = new Map<string, TopologyEdge>();

  has(id: string): boolean {
    return this.byId.has(id);
  }

  add(node: Omit<DraftNode, "marks">, ...marks: readonly TopologyMark[]): void {
    if (!this.byId.has(node.id)) this.byId.set(node.id, { ...node, marks });
  }

  /** Leads from one thing to another; does nothing where one of them is not shown, or the way is known. */
  link(from: string, to: string, label = "", isStray = false): void {
    const key = `${from}>${to}`;
    if (from === to || this.links.has(key) || !this.has(from) || !this.has(to)) return;
    this.links.set(key, { from, to, label, isStray });
  }

  isLinked(from: string, to: string): boolean {
    return this.links.has(`${from}>${to}`);
  }

  get nodes(): DraftNode[] {
    return [...this.byId.values()];
  }

  get edges(): TopologyEdge[] {
    return [...this.links.values()];
  }
}
