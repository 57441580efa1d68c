import type { Span } from "../program.js";
import type { Definition } from "./definition.js";
import type { Shift } from "./shift.js";

/** One place in a text where a name stands. */
export interface Occurrence {
  readonly span: Span;
  readonly definition: Definition;
}

/** Where a name stands, as lists of numbers: a large file has ten thousands of places, and few are ever asked for. */
class Places {
  private readonly files: string[] = [];
  /** Start and end of each place in turn. */
  private readonly bounds: number[] = [];

  add(file: string, start: number, end: number): void {
    this.files.push(file);
    this.bounds.push(start, end);
  }

  /** Those of them that an edit left, where they are now; these themselves when it did nothing to them. */
  shifted(shift: Shift): Places {
    if (!this.isShifted(shift)) return this;
    const { file, from, oldEnd, by } = shift;
    const places = new Places();
    for (let at = 0; at < this.files.length; at++) {
      const place = this.files[at]!;
      const start = this.bounds[2 * at]!;
      const end = this.bounds[2 * at + 1]!;
      if (place !== file || start < from) places.add(place, start, end);
      else if (start >= oldEnd) places.add(place, start + by, end + by);
    }
    return places;
  }

  private isShifted({ file, from, oldEnd, by }: Shift): boolean {
    const { files, bounds } = this;
    for (let at = 0; at < files.length; at++) {
      const start = bounds[2 * at]!;
      if (start >= from && (by !== 0 || start < oldEnd) && files[at] === file) return true;
    }
    return false;
  }

  /** Where the last of them begins that holds an offset, its end counted; `undefined` for none. */
  holding(file: string, offset: number): Span | undefined {
    const { files, bounds } = this;
    let found: Span | undefined;
    for (let at = 0; at < files.length; at++) {
      const start = bounds[2 * at]!;
      const end = bounds[2 * at + 1]!;
      if (start > offset || end < offset || files[at] !== file) continue;
      if (!found || start > found.start) found = { file, start, end };
    }
    return found;
  }

  /** Adds those of them that touch a piece of a file. */
  collect(file: string, from: number, to: number, definition: Definition, found: Occurrence[]): void {
    const { files, bounds } = this;
    for (let at = 0; at < files.length; at++) {
      const start = bounds[2 * at]!;
      const end = bounds[2 * at + 1]!;
      if (start > to || end < from || files[at] !== file) continue;
      found.push({ span: { file, start, end }, definition });
    }
  }

  copy(): Places {
    const places = new Places();
    places.files.push(...this.files);
    places.bounds.push(...this.bounds);
    return places;
  }

  get spans(): readonly Span[] {
    const { bounds } = this;
    return this.files.map((file, at) => ({ file, start: bounds[2 * at]!, end: bounds[2 * at + 1]! }));
  }
}

/** To put all places in order takes as long as so many looks through them: an edit is followed by a hover or two. */
const FEW_LOOKS = 16;

/** Every name of a program with the places where it stands: definition, references and rename need no more. */
export class Symbols {
  private readonly places = new Map<Definition, Places>();
  /** Whose places belong to the names of an earlier text too. */
  private readonly borrowed = new Set<Definition>();
  /** Built when an editor first asks, since most compilations are never asked. */
  private byFile: Map<string, Occurrence[]> | undefined;
  private looks = 0;

  /** Every definition, in the order in which the files declare them. */
  get definitions(): readonly Definition[] {
    return [...this.places.keys()];
  }

  /** All places of the name, its declaration first. */
  references(definition: Definition): readonly Span[] {
    return this.places.get(definition)?.spans ?? [];
  }

  /**
   * The name at an offset; the offset right after its last letter counts as well.
   * @param offset UTF-16 units from the start of the file
   */
  at(file: string, offset: number): Occurrence | undefined {
    this.looks += 1;
    return this.looks > FEW_LOOKS ? this.searched(file, offset) : this.lookedThrough(file, offset);
  }

  /** Where one name ends and another begins, the offset is in the second. */
  private lookedThrough(file: string, offset: number): Occurrence | undefined {
    let found: Occurrence | undefined;
    for (const [definition, places] of this.places) {
      const span = places.holding(file, offset);
      if (span && (!found || span.start > found.span.start)) found = { span, definition };
    }
    return found;
  }

  private searched(file: string, offset: number): Occurrence | undefined {
    const occurrences = this.inFile(file);
    let low = 0;
    let high = occurrences.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (occurrences[middle]!.span.end < offset) low = middle + 1;
      else high = middle;
    }
    const found = occurrences[low];
    const next = occurrences[low + 1];
    if (found && next && found.span.end === offset && next.span.start === offset) return next;
    return found && found.span.start <= offset ? found : undefined;
  }

  /**
   * The names of a file that touch a piece of it, from top to bottom.
   * @param start UTF-16 units from the start of the file
   * @param end which may be touched too
   */
  touching(file: string, start: number, end: number): readonly Occurrence[] {
    const found: Occurrence[] = [];
    for (const [definition, places] of this.places) places.collect(file, start, end, definition, found);
    return found.sort((a, b) => a.span.start - b.span.start);
  }

  /** Every name of a file, from top to bottom. */
  inFile(file: string): readonly Occurrence[] {
    this.byFile ??= this.sortedByFile();
    return this.byFile.get(file) ?? [];
  }

  /**
   * The places that an edit left, where they are now.
   *
   * @param definitionOf what a definition is now
   */
  shifted(shift: Shift, definitionOf: (definition: Definition) => Definition): Symbols {
    const symbols = new Symbols();
    for (const [definition, places] of this.places) {
      const now = places.shifted(shift);
      const is = definitionOf(definition);
      symbols.places.set(is, now);
      if (now === places) symbols.borrowed.add(is);
    }
    return symbols;
  }

  /** Records a declaration; its own name is the first of its places. */
  define(definition: Definition): void {
    const places = new Places();
    const { file, start, end } = definition.span;
    places.add(file, start, end);
    this.places.set(definition, places);
  }

  /**
   * Records one more place of a known name.
   *
   * @param start UTF-16 offset in the file
   * @param end exclusive
   */
  refer(definition: Definition, file: string, start: number, end: number): void {
    let places = this.places.get(definition);
    if (places && this.borrowed.delete(definition)) {
      places = places.copy();
      this.places.set(definition, places);
    }
    places?.add(file, start, end);
  }

  private sortedByFile(): Map<string, Occurrence[]> {
    const byFile = new Map<string, Occurrence[]>();
    for (const [definition, { spans }] of this.places) {
      for (const span of spans) {
        const occurrences = byFile.get(span.file);
        if (occurrences) occurrences.push({ span, definition });
        else byFile.set(span.file, [{ span, definition }]);
      }
    }
    for (const [file, occurrences] of byFile) byFile.set(file, inOrder(occurrences));
    return byFile;
  }
}

/** From top to bottom; numbers are put in order far faster than what they belong to. */
function inOrder(occurrences: readonly Occurrence[]): Occurrence[] {
  const { length } = occurrences;
  const keys = Float64Array.from(occurrences, ({ span }, at) => span.start * length + at).sort();
  return Array.from(keys, (key) => occurrences[key % length]!);
}
