import type { RangeIn } from "./places.js";

/** Client to server: run a file, or some of its scenarios, from the start state to the end. */
export const RUN_FILE = "ioasid/run";
export interface RunFileParams {
  readonly uri: string;
  /** Titles of the scenarios to run; all of them when left out. */
  readonly scenarios?: readonly string[];
  /** Say which statements the requests went through. It makes the run slower. */
  readonly coverage?: boolean;
  /** Under this token the client hears of the run while it goes on, as `RunProgress`. */
  readonly progress?: string;
}
export interface RunFileResult {
  /** What `ioasid run` prints of it. */
  readonly text: string;
  /** False when somebody stopped it: then it is only what had run by then. */
  readonly isWhole: boolean;
  /** Statements of the start state that did not come to what they state. */
  readonly start: readonly StepFailure[];
  readonly scenarios: readonly ScenarioOutcome[];
  /** Addresses of all files that the run depends on, the file itself first. */
  readonly files: readonly string[];
  /** Present when it was asked for. */
  readonly coverage?: readonly FileCoverage[];
}

/** What the client hears while a run goes on. */
export interface RunProgress {
  /** Steps that have run, of all steps. */
  readonly done: number;
  readonly total: number;
  /** Scenarios that have ended since the last word. */
  readonly ended: readonly ScenarioOutcome[];
}

export interface ScenarioOutcome {
  readonly title: string;
  readonly passed: boolean;
  readonly failures: readonly StepFailure[];
}

/** A step that did not come to what it states. */
export interface StepFailure extends RangeIn {
  /** The statement on one line, without its `=> …`. */
  readonly statement: string;
  /** What it states, and what came of it, in the words of the language. */
  readonly expected: string;
  readonly actual: string;
  /** Full sentences: why. */
  readonly reasons: readonly string[];
}

/** Which statements of a file a run has used, and how often. */
export interface FileCoverage {
  readonly uri: string;
  /** Every call and request; those that make an entry of a table count the requests that went through it. */
  readonly statements: readonly CoveredStatement[];
  /** Spaces and attachments; they count the requests that went through them. */
  readonly declarations: readonly (CoveredStatement & { readonly name: string })[];
}

export interface CoveredStatement {
  readonly range: RangeIn["range"];
  readonly count: number;
}

/** Client to server: the scenarios of a file, or of every file of the workspace when none is named. */
export const LIST_SCENARIOS = "ioasid/scenarios";
export interface ListScenariosParams {
  readonly uri?: string;
}
export type ListScenariosResult = readonly FileScenarios[];

export interface FileScenarios {
  readonly uri: string;
  readonly scenarios: readonly { readonly title: string; readonly range: RangeIn["range"] }[];
}
