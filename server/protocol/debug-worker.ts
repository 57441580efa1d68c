import type { ReadFileResult } from "./requests.js";

/*
 * What the extension and the debug adapter tell each other where the adapter is a worker: the messages of the
 * debug adapter protocol, and files, which only the editor can read there.
 */

/** From the extension. */
export type ToDebugWorker =
  | { readonly kind: "message"; readonly message: object }
  /** The answer to a question for a file. */
  | { readonly kind: "file"; readonly id: number; readonly result: ReadFileResult }
  /** A file that was read has another text by now. */
  | { readonly kind: "changed"; readonly uri: string };

/** From the adapter. */
export type FromDebugWorker =
  | { readonly kind: "message"; readonly message: object }
  | { readonly kind: "read"; readonly id: number; readonly uri: string };
