import type { StepResult } from "../language/index.js";
import type { Snapshot, Timeline } from "./timeline.js";

/** Why a scenario stands still. */
export type StopReason =
  | "entry"
  | "step"
  | "goto"
  | "pause"
  | "breakpoint"
  | "function breakpoint"
  | "instruction breakpoint"
  | "data breakpoint"
  | "exception"
  /** There is nothing before the first step. */
  | "start"
  /** Every step has run. */
  | "end";

/** A stop, and everything that is to be said of it. */
export interface Stop {
  readonly reason: StopReason;
  /** A sentence for a person; empty where the reason says everything. */
  readonly text: string;
  /** Ids of the breakpoints that stopped it. */
  readonly breakpoints: readonly number[];
}

/** What stops a run before a step begins: breakpoints on lines and on operations. */
export interface StopBefore {
  /** @returns the stop, or `undefined` to go on; called once for each step that a run comes to */
  check(timeline: Timeline, index: number): Stop | undefined;
}

/** What stops a run when a step has run: exceptions, and changes of something that is watched. */
export interface StopAfter {
  /** Whether it has to see the machine before the step too, which costs a copy of every step. */
  readonly comparesStates: boolean;
  /**
   * @param before the machine before the step; only given to those that compare
   * @returns the stop, or `undefined` to go on
   */
  check(
    timeline: Timeline,
    index: number,
    result: StepResult,
    after: Snapshot,
    before: Snapshot | undefined,
  ): Stop | undefined;
}

/** What stops a run inside a walk, at one of its stages. */
export interface StopInside {
  /** @returns the index of the first stage from `from` on that it stops at, with the stop */
  check(
    timeline: Timeline,
    index: number,
    result: StepResult,
    from: number,
  ): { readonly stage: number; readonly stop: Stop } | undefined;
}

/** Everything that may stop a run, as it is set at the moment. */
export interface Stops {
  readonly before: readonly StopBefore[];
  readonly after: readonly StopAfter[];
  readonly inside: readonly StopInside[];
}

export const NO_STOPS: Stops = { before: [], after: [], inside: [] };
