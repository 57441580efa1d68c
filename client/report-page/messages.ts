/*
 * What the page of the report and the extension say to each other.
 */

/** Why there is no report to look at. */
export type Absence = "no-file" | "simulating" | "too-large" | "stopped" | "unknown" | "failed";

/** To the page. */
export type ToPage =
  /** What the page is about from now on, for its state. */
  | { readonly kind: "about"; readonly uri: string | undefined; readonly pinned: boolean }
  | {
      readonly kind: "report";
      /** Counts the reports; what the page asks about one carries its number. */
      readonly number: number;
      readonly html: string;
      readonly summary: string;
      readonly isGood: boolean;
      readonly scenario: string | null;
      readonly scenarios: readonly string[];
    }
  /** `text` is what went wrong, in the words of who knows it. */
  | { readonly kind: "absent"; readonly why: Absence; readonly text?: string }
  /** A report is there and a newer one is on its way. */
  | { readonly kind: "busy" }
  | { readonly kind: "stages"; readonly number: number; readonly id: string; readonly html: string | null };

/** From the page. */
export type FromPage =
  /** It is there now, and shows nothing yet. */
  | { readonly kind: "ready" }
  | { readonly kind: "reveal"; readonly file: string; readonly start: string; readonly end: string }
  | { readonly kind: "rule"; readonly code: string }
  | {
      readonly kind: "stages";
      readonly number: number;
      readonly id: string;
      readonly scenario?: number;
      readonly step: number;
    }
  | { readonly kind: "scenario"; readonly title: string | null }
  | { readonly kind: "sample" }
  | { readonly kind: "again" };

/** What a page keeps for the time when it is hidden or the editor is closed. */
export interface PageState {
  /** The file that it is about, as the extension told in the page itself. */
  readonly uri?: string;
  readonly pinned?: boolean;
  readonly scenario?: string | null;
  readonly filter?: string;
  readonly failedOnly?: boolean;
  readonly scroll?: number;
}
