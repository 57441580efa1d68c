import type { RangeIn } from "./places.js";
import type { FileState, Page, RequestItem, StateItem, StreamItem } from "./state.js";

/*
 * Requests of the debug adapter beside those of its protocol, for views that show the machine of a scenario
 * that stands still. Each names the thread, which is the scenario.
 */

/** The machine where the scenario stands; long lists are cut, and `ioasid/statePage` has the rest. */
export const DEBUG_STATE = "ioasid/state";
export interface InThread {
  readonly threadId: number;
}
export interface DebugState extends Pick<FileState, "devices" | "owners" | "pasidTables" | "guests"> {
  /** What the IOMMUs have cached. */
  readonly streams: Page<StreamItem>;
  /** What waits for a page response. */
  readonly requests: Page<RequestItem>;
  /** Requests that did not come to memory, the last one first. */
  readonly faults: Page<FaultItem>;
  /** Every step that has run so far, the last one first, and those that ran before somebody went back. */
  readonly history: Page<HistoryItem>;
}

/** More of a list of that state. */
export const DEBUG_STATE_PAGE = "ioasid/statePage";
export interface DebugStatePageParams extends InThread {
  /** Name of the list, as a page of it has it. */
  readonly list: string;
  readonly from: number;
  /** At most this many items. */
  readonly count: number;
}
export type DebugStatePageResult = Page<StateItem>;

/** A step of the history. */
export interface HistoryItem {
  readonly kind: "history";
  /** Index among all steps of the scenario, those of the start state first. */
  readonly step: number;
  /** The statement on one line, without its `=> …`. */
  readonly statement: string;
  /** What came of it, in the words of the language. */
  readonly outcome: string;
  readonly passed: boolean;
  /** What its author stated, of a step that came to something else. */
  readonly stated?: string | undefined;
  /** "here": the scenario stands before it or in it; "later": it ran before somebody went back. */
  readonly when: "before" | "here" | "later";
  readonly isStart: boolean;
  readonly place: RangeIn;
}

/** A request that did not come to memory: a fault, a page request, a VM exit, a portal that took no work. */
export interface FaultItem {
  readonly kind: "fault";
  /** As an item of the history has it. */
  readonly step: number;
  readonly statement: string;
  readonly outcome: string;
  /** Why, as sentences; empty where the outcome says all. */
  readonly reason: string;
  readonly place: RangeIn;
}

/** Goes to before a step, forward or back. The scenario stands still there, as after any movement. */
export const DEBUG_TRAVEL = "ioasid/travel";
export interface DebugTravelParams extends InThread {
  readonly step: number;
}

/** Answers a request that waits, as the guest would: a step of its own, which can be taken back. */
export const DEBUG_RESPOND = "ioasid/respond";
export interface DebugRespondParams extends InThread {
  /** As the item of the request has it. */
  readonly spaceNumber: number;
  readonly index: number;
  readonly success: boolean;
}

/** Event of the debug adapter: files of the program were edited since it was loaded. */
export const DEBUG_STALE = "ioasid/stale";
export interface DebugStale {
  /** Their names, as messages show them. */
  readonly files: readonly string[];
}
