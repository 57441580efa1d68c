import type { Span } from "../program.js";
import type { Definition } from "./definition.js";

/** One place in a text where a name stands. */
export interface Occurrence {
  readonly span: Span;
  readonly definition: Definition;
}

const NONE: readonly Span[] = Object.freeze([]);

/** Every name of a program with the places where it stands: definition, references and rename need no more. */
export class Symbols {
  private readonly byDefinition = new Map<Definition, Span[]>();
  private readonly byFile = new Map<string, Occurrence[]>();
  private readonly sorted = new Set<string>();

  /** Every definition, in the order in which the files declare them. */
  get definitions(): readonly Definition[] {
    return [...this.byDefinition.keys()];
  }

  /** All places of the name, its declaration first. */
  references(definition: Definition): readonly Span[] {
    return this.byDefinition.get(definition) ?? NONE;
  }

  /**
   * The name at an offset; the offset right after its last letter counts as well.
   * @param offset UTF-16 units from the start of the file
   */
  at(file: string, offset: number): Occurrence | undefined {
    const occurrences = this.inFile(file);
    let low = 0;
    let high = occurrences.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (occurrences[middle]!.span.end < offset) low = middle + 1;
      else high = middle;
    }
    const found = occurrences[low];
    return found && found.span.start <= offset ? found : undefined;
  }

  /** Every name of a file, from top to bottom. */
  inFile(file: string): readonly Occurrence[] {
    const occurrences = this.byFile.get(file) ?? [];
    if (!this.sorted.has(file)) {
      occurrences.sort((a, b) => a.span.start - b.span.start);
      this.sorted.add(file);
    }
    return occurrences;
  }

  /** Records a declaration; its own name is the first of its places. */
  define(definition: Definition): void {
    this.byDefinition.set(definition, []);
    this.refer(definition, definition.span);
  }

  /** Records one more place of a known name. */
  refer(definition: Definition, span: Span): void {
    const spans = this.byDefinition.get(definition);
    if (!spans) return;
    spans.push(span);
    const inFile = this.byFile.get(span.file);
    if (inFile) inFile.push({ span, definition });
    else this.byFile.set(span.file, [{ span, definition }]);
    this.sorted.delete(span.file);
  }
}
