import type { InThread } from "./debug-state.js";

/* Requests of the debug adapter for what happened so far, to be kept. */

/** The steps up to where the scenario stands as a new scenario, with their outcomes after `=>`. */
export const DEBUG_SAVE_SCENARIO = "ioasid/saveScenario";
export interface DebugSaveScenarioParams extends InThread {
  /** Title of the new one; one that is free when left out. */
  readonly title?: string;
}
export interface DebugSavedScenario {
  readonly title: string;
  /** The block, with a line end. */
  readonly text: string;
  /** Address of the file that it belongs to. */
  readonly uri: string;
}

/** The steps up to where the scenario stands, each with its outcome and the stages of its walk. */
export const DEBUG_TRACE = "ioasid/trace";
export interface DebugTraceParams extends InThread {
  readonly format: "text" | "json";
}
export interface DebugTrace {
  readonly text: string;
}
