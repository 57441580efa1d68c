import { SourceText } from "./source-text.js";
import type { Node } from "./tree.js";
import type { Access, Name, NumberLiteral, RangeNode, SourceMove } from "./tree-leaves.js";

type Leaf = Name | Access | NumberLiteral | RangeNode;

/** A node that is no leaf, while it is being copied. */
type Branch = Record<string, unknown> & { kind?: string; start: number; end: number };

/** Makes copies of nodes for a text in which they lie elsewhere; whatever has no place is shared. */
export class Mover {
  private source: SourceText | undefined;
  private movedSource: SourceText | undefined;

  /** @param by UTF-16 units, below 0 towards the start of the text */
  constructor(private readonly by: number) {}

  node<N extends Node>(node: N): N {
    return this.copy(node) as N;
  }

  private copy(value: object): object {
    if (value.constructor !== Object) {
      if (Array.isArray(value)) return value.map((each: object) => this.copy(each));
      return (value as Leaf).moved(this.by, this.sourceOf);
    }
    // Addresses and ranges have no kind.
    if ((value as Branch).kind === undefined) return value;
    const moved: Branch = { ...(value as Branch) };
    for (const key in moved) {
      const part = moved[key];
      if (typeof part === "object" && part !== null) moved[key] = this.copy(part);
    }
    moved.start += this.by;
    moved.end += this.by;
    return moved;
  }

  /** The leaves of a statement are written in one text, so one copy of it is kept at hand. */
  private readonly sourceOf: SourceMove = (source) => {
    if (this.source !== source || !this.movedSource) {
      this.source = source;
      this.movedSource = new SourceText(source.text, source.offset + this.by);
    }
    return this.movedSource;
  };
}
