import { stepsRun } from "./position.js";
import { type LoggedStep, loggedSteps } from "./step-log.js";
import type { Thread } from "./thread.js";
import type { Timeline } from "./timeline.js";

/** The faults of a timeline up to some step. */
interface Found {
  readonly length: number;
  upTo: number;
  readonly faults: LoggedStep[];
}

const found = new WeakMap<Timeline, Found>();

/**
 * Every fault, page request, VM exit and refused portal of the scenario's own steps that have run, the last
 * one first. Each step is looked at once, however often this is asked.
 */
export function faultRows({ timeline, position }: Thread): LoggedStep[] {
  const { first, length } = timeline;
  const known = found.get(timeline);
  const now = known?.length === length ? known : { length, upTo: first, faults: [] };
  found.set(timeline, now);
  const to = Math.min(stepsRun(position), length);
  if (to > now.upTo) {
    now.faults.push(...loggedSteps(timeline, now.upTo, to).filter(({ isFault }) => isFault));
    now.upTo = to;
  }
  return now.faults.filter(({ step }) => step < to).reverse();
}
