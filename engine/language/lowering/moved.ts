import type { Origin } from "../../simulator/index.js";
import type { Entry } from "../names/definition.js";
import type { Shift } from "../names/shift.js";
import { mappedNames } from "../names/table.js";
import type { Span, Step } from "../program.js";
import type { LoweredBlock } from "./analysis.js";

/** Origins that have other numbers now: all from one on, by as many as there are more. */
export interface Renumbered {
  readonly from: Origin;
  readonly by: number;
}

/** What an edit has not changed of a lowered program, at the places where it stands now; the old is left as it was. */
export class Moved {
  private readonly entries = new Map<Entry, Entry>();

  constructor(private readonly shift: Shift) {}

  /** What a name stands for. */
  readonly entryOf = (entry: Entry): Entry => {
    if (this.shift.by === 0) return entry;
    let now = this.entries.get(entry);
    if (!now) {
      const span = this.shift.span(entry.span);
      const statement = this.shift.span(entry.statement);
      const owner = entry.owner && this.entryOf(entry.owner);
      const isSame = span === entry.span && statement === entry.statement && owner === entry.owner;
      now = isSame ? entry : { ...entry, span, statement, owner };
      this.entries.set(entry, now);
    }
    return now;
  };

  /** @param places of the origins, as they were and as they are now */
  step(
    step: Step,
    { from, by }: Renumbered,
    places: { readonly old: readonly Span[]; readonly now: readonly Span[] },
  ): Step {
    const { kind, imported } = step;
    const isRenumbered = by !== 0 && step.origin >= from;
    const origin = isRenumbered ? step.origin + by : step.origin;
    // A statement without an outcome is what its origin is: then they have one place, not two that are equal.
    const span = places.old[step.origin] === step.span ? places.now[origin]! : this.shift.span(step.span);
    if (span === step.span && !isRenumbered) return step;
    const stated = step.expectation;
    const expectation = stated && { ...stated, span: this.shift.span(stated.span) };
    if (kind === "assertion") return { kind, origin, span, expectation, imported, assertion: step.assertion };
    const operation = isRenumbered ? { ...step.operation, origin } : step.operation;
    return { kind, origin, span, expectation, imported, operation };
  }

  /**
   * A block with its stretch of the steps and of the origins.
   *
   * @param distance from the block that changed, in the order in which they were lowered
   * @param steps how many steps that has more, in the list of this block
   * @param origins how many origins it has more
   */
  block(block: LoweredBlock, distance: number, steps: number, origins: number): LoweredBlock {
    if (distance < 0) return this.renamed(block);
    const before = distance === 0 ? 0 : 1;
    return this.renamed({
      ...block,
      steps: block.steps + before * steps,
      stepsEnd: block.stepsEnd + steps,
      origins: block.origins + before * origins,
      originsEnd: block.originsEnd + origins,
    });
  }

  private renamed(block: LoweredBlock): LoweredBlock {
    if (this.shift.by === 0) return block;
    const owner = block.owner && this.entryOf(block.owner);
    const local = block.local && mappedNames(block.local, (list) => list.map(this.entryOf));
    return { ...block, owner, local };
  }
}
