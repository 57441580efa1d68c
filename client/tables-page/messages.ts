/*
 * What the page of the tables and the extension say to each other.
 */

/** A table that can be shown. */
export interface TableName {
  /** By this name it is asked for. */
  readonly list: string;
  readonly title: string;
  readonly total: number;
}

export interface TableRow {
  readonly cells: readonly string[];
  /** "bad" and "warning" want to be looked at; "here" is where the scenario stands. */
  readonly sign?: "bad" | "warning" | "here" | undefined;
}

/** A piece of a table. */
export interface TablePiece {
  readonly list: string;
  /** How many rows stand before these. */
  readonly from: number;
  readonly total: number;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

/** To the page. */
export type ToPage =
  | { readonly kind: "tables"; readonly tables: readonly TableName[]; readonly piece: TablePiece }
  /** There is nothing to show; a sentence says why. */
  | { readonly kind: "absent"; readonly text: string };

/** From the page. */
export type FromPage =
  /** It is there now, and shows nothing yet. */
  | { readonly kind: "ready" }
  /** The reader wants another table, or another piece of one. */
  | { readonly kind: "show"; readonly list: string; readonly from: number }
  /** The reader wants what a row of the piece leads to. */
  | { readonly kind: "open"; readonly row: number };
