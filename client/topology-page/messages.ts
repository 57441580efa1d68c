import type { Topology } from "../../server/protocol/index.js";

/*
 * What the page of the topology and the extension say to each other.
 */

/** Why there is no picture. */
export type Absence = "no-file" | "simulating" | "too-large" | "stopped" | "unknown" | "failed";

/** Forms in which a picture can be saved. */
export type PictureForm = "svg" | "png";

/** To the page. */
export type ToPage =
  /** `about`: the file or the session that it is of. */
  | { readonly kind: "topology"; readonly about: string; readonly topology: Topology }
  /** `text` is what went wrong, in the words of who knows it. */
  | { readonly kind: "absent"; readonly why: Absence; readonly text?: string }
  | { readonly kind: "draw"; readonly form: PictureForm };

/** From the page. */
export type FromPage =
  /** It is there now, and shows nothing yet. */
  | { readonly kind: "ready" }
  /** The reader wants to see the statement behind a node. */
  | { readonly kind: "reveal"; readonly id: string }
  /** The whole picture; a PNG in base64. */
  | { readonly kind: "drawn"; readonly form: PictureForm; readonly data: string }
  | { readonly kind: "failed"; readonly text: string };

/** What a page keeps for the time when it is hidden. */
export interface PageState {
  readonly words: string;
}
