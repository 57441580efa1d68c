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

/** A step that has not run yet, and the machine that it will find. */
export interface Coming {
  readonly timeline: Timeline;
  readonly index: number;
  /** The run goes back in time: nothing is counted, and nothing is logged again. */
  readonly backward: boolean;
  snapshot(): Snapshot;
}

/** A step that has run. */
export interface Done {
  readonly timeline: Timeline;
  readonly index: number;
  readonly backward: boolean;
  readonly result: StepResult;
  /** The machine after it. */
  readonly after: Snapshot;
}

/** A step that has run, for those who compare states. */
export interface Change extends Done {
  /** The machine before it. */
  readonly before: Snapshot;
}

/** What stops a run before a step begins: breakpoints on lines and on operations. */
export interface StopBefore {
  /** @returns the stop, or `undefined` to go on; called once for each step that a run comes to */
  check(coming: Coming): Stop | undefined;
}

/** What stops a run when a step has run, by what came of it: exceptions. */
export interface StopAtResult {
  readonly comparesStates: false;
  /** @returns the stop, or `undefined` to go on */
  check(done: Done): Stop | undefined;
}

/** What stops a run when something that is watched has changed; it costs a copy of the machine at every step. */
export interface StopAtChange {
  readonly comparesStates: true;
  /** @returns the stop, or `undefined` to go on */
  check(change: Change): Stop | undefined;
}

export type StopAfter = StopAtResult | StopAtChange;

/** A stop at a stage of a walk. */
export interface InsideStop {
  readonly stage: number;
  readonly stop: Stop;
}

/** What stops a run inside a walk, at one of its stages. */
export interface StopInside {
  /** @returns the first stage from `from` on that it stops at */
  check(result: StepResult, from: number): InsideStop | undefined;
}

/** Everything that may stop a run, as it is set at the moment. */
export interface Stops {
  readonly before: readonly StopBefore[];
  readonly after: readonly StopAfter[];
  readonly inside: readonly StopInside[];
}

/** A stop for which no breakpoint is the reason. */
export function stop(reason: StopReason, text = ""): Stop {
  return { reason, text, breakpoints: [] };
}

export const NO_STOPS: Stops = { before: [], after: [], inside: [] };
