import type { Step, StepResult } from "../language/index.js";
import type { Coming, InsideStop, Stop, StopBefore, StopInside, StopReason } from "./stops.js";

/** Conditions under which a breakpoint stops, as its author gave them. */
export interface Conditions {
  /** Holds where the run comes to it. @throws never: a condition that cannot be answered does not hold */
  holds?(coming: Coming): boolean;
  /** How often it must have been met: compared with the number of times so far, this one included. */
  readonly hits?: HitCount | undefined;
  /** Says something instead of stopping. */
  log?(coming: Coming): void;
}

/** `5`, `>= 5`, `% 3`: from which meeting on, or at which ones, a breakpoint stops. */
export interface HitCount {
  readonly compare: "==" | ">=" | ">" | "<" | "<=" | "%";
  readonly count: number;
}

/** Reads a hit count; `undefined` for what is none. */
export function readHitCount(text: string): HitCount | undefined {
  const found = /^\s*(==|>=|<=|>|<|%)?\s*(\d+)\s*$/.exec(text);
  if (!found) return undefined;
  const count = Number(found[2]);
  const compare = (found[1] ?? "==") as HitCount["compare"];
  return compare === "%" && count === 0 ? undefined : { compare, count };
}

/** Whether a breakpoint that was met so often stops; one without a count always does. */
export function isMet(wanted: HitCount | undefined, hits: number): boolean {
  if (!wanted) return true;
  const { compare, count } = wanted;
  switch (compare) {
    case "==":
      return hits === count;
    case ">=":
      return hits >= count;
    case ">":
      return hits > count;
    case "<":
      return hits < count;
    case "<=":
      return hits <= count;
    case "%":
      return hits % count === 0;
  }
}

/** Stops before the steps that `matches` holds for: those of a line, or those of an operation. */
export class StepBreakpoint implements StopBefore {
  private hits = 0;

  constructor(
    readonly id: number,
    private readonly reason: StopReason,
    private readonly matches: (step: Step) => boolean,
    private readonly conditions: Conditions = {},
  ) {}

  check(coming: Coming): Stop | undefined {
    const step = coming.timeline.steps[coming.index];
    if (!step || !this.matches(step) || this.conditions.holds?.(coming) === false) return undefined;
    if (!coming.backward) {
      this.hits += 1;
      if (!isMet(this.conditions.hits, this.hits)) return undefined;
    }
    if (this.conditions.log) {
      if (!coming.backward) this.conditions.log(coming);
      return undefined;
    }
    return { reason: this.reason, text: "", breakpoints: [this.id] };
  }
}

/** Stops inside walks, at each stage of one kind: `pasid-table`, `second`, … */
export class StageBreakpoint implements StopInside {
  constructor(
    readonly id: number,
    private readonly kind: string,
  ) {}

  check({ outcome }: StepResult, from: number): InsideStop | undefined {
    const stages = outcome?.stages ?? [];
    const stage = stages.findIndex(({ kind }, at) => at >= from && kind === this.kind);
    if (stage < 0) return undefined;
    return { stage, stop: { reason: "instruction breakpoint", text: "", breakpoints: [this.id] } };
  }
}
