import { SourceText } from "./source-text.js";
import type { Node } from "./tree.js";
import { Access, Name, NumberLiteral, RangeNode } from "./tree-leaves.js";

/** Makes copies of nodes for a text in which they lie elsewhere; whatever has no place is shared. */
export class Mover {
  private source: SourceText | undefined;
  private movedSource: SourceText | undefined;

  /** @param by UTF-16 units, below 0 towards the start of the text */
  constructor(private readonly by: number) {}

  node<N extends Node>(node: N): N {
    return this.copy(node) as N;
  }

  private copy(value: unknown): unknown {
    const { by } = this;
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof Name || value instanceof Access) return value.moved(by);
    if (value instanceof NumberLiteral || value instanceof RangeNode) {
      return value.moved(by, this.place(value.written));
    }
    if (Array.isArray(value)) return value.map((each) => this.copy(each));
    // Addresses and ranges have no kind.
    if (!("kind" in value)) return value;
    const { start, end } = value as Node;
    const moved: Record<string, unknown> = { ...value, start: start + by, end: end + by };
    for (const key in moved) {
      const part = moved[key];
      if (typeof part === "object") moved[key] = this.copy(part);
    }
    return moved;
  }

  /** The leaves of a statement are written in one text, so one copy of it is kept at hand. */
  private place(source: SourceText): SourceText {
    if (this.source !== source || !this.movedSource) {
      this.source = source;
      this.movedSource = new SourceText(source.text, source.offset + this.by);
    }
    return this.movedSource;
  }
}
