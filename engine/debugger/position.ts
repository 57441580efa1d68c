/** Where a scenario stands. */
export interface Position {
  /** Index of the step in the timeline; its length at the end. */
  readonly step: number;
  /**
   * "before": the step has not run. A number: inside the walk of the step, at that stage, and nothing has
   * changed yet. "after": the step has run, and the next one is not begun.
   */
  readonly at: "before" | "after" | number;
}

export function before(step: number): Position {
  return { step, at: "before" };
}

export function after(step: number): Position {
  return { step, at: "after" };
}

export function inside(step: number, stage: number): Position {
  return { step, at: stage };
}

/** The number of steps that have run at a position. */
export function stepsRun({ step, at }: Position): number {
  return at === "after" ? step + 1 : step;
}
