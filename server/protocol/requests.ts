/*
 * The requests and notifications that the language server knows beside those of the protocol. Each is a
 * name, with the types of its parameters and its answer.
 */

/** Server to client: the text of a file that the server cannot read itself. */
export const READ_FILE = "ioasid/files/read";
export interface ReadFileParams {
  readonly uri: string;
}
export type ReadFileResult =
  | { readonly text: string }
  /** A sentence that says why there is none; `missing` when there is no such file at all. */
  | { readonly error: string; readonly missing?: boolean };

/** Server to client: the addresses of all files of a folder that hold configurations. */
export const FIND_FILES = "ioasid/files/find";
export interface FindFilesParams {
  readonly folder: string;
}
export type FindFilesResult = readonly string[];

/** Server to client: what the server does, for a status bar. */
export const STATUS = "ioasid/status";
export interface Status {
  readonly state: "idle" | "simulating";
  /** Over all files that the server knows. */
  readonly errors: number;
  readonly warnings: number;
  readonly failedScenarios: number;
}
