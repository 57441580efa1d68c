/** Client to server: the report of a file as it is simulated. */
export const REPORT = "ioasid/report";
export interface ReportParams {
  readonly uri: string;
  /** Title of the scenario that the report is about; the whole file when left out, or when none has it. */
  readonly scenario?: string;
  /** For keeping, not for looking at while one types: longer lists, and the stages of every walk. */
  readonly whole?: boolean;
}
export type ReportResult =
  | ReadyReport
  /** There is no run of the file: it is too large, somebody stopped it, or the server does not know the file. */
  | { readonly state: "too-large" | "stopped" | "unknown" };

export interface ReadyReport {
  readonly state: "ready";
  /** Of the document that was run; `null` for a file that is not open. */
  readonly version: number | null;
  /**
   * An `article` without scripts. Whatever has a source has `data-file`, a name of `files`, `data-start` and
   * `data-end`, each `line:character` from 0 in UTF-16 units. `details.stages` with a `data-step` are to be
   * filled with what `ioasid/stages` answers.
   */
  readonly html: string;
  readonly markdown: string;
  /** One line that sums up. */
  readonly summary: string;
  /** Every outcome is the stated one, and nothing is an error. */
  readonly isGood: boolean;
  /** Title of the scenario that it is about; `null` for the whole file. */
  readonly scenario: string | null;
  readonly scenarios: readonly string[];
  /** Addresses of the files by the names that the report has for them. */
  readonly files: Readonly<Record<string, string>>;
}

/** Client to server: the stages of the walk of one step, as a list in HTML; `null` when it has none any more. */
export const STAGES = "ioasid/stages";
export interface StagesParams {
  readonly uri: string;
  /** Number of the scenario in the file, from 0; the start state when left out. */
  readonly scenario?: number;
  /** Number of the step, from 0. */
  readonly step: number;
}
export type StagesResult = { readonly html: string } | null;

/** Server to client: a run of an open file has ended, so what is shown of its state may be old. */
export const SIMULATED = "ioasid/simulated";
export interface SimulatedParams {
  readonly uri: string;
  readonly version: number;
}
