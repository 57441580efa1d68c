/** What a cell is about beside its words; each form of the report shows it in its own way. */
export type Tone = "name" | "good" | "bad";

export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
}

/** A column; numbers in it end under each other. */
export interface Column {
  readonly heading: string;
  readonly numeric?: boolean;
}

/** One line of a table, with the statement that it comes from. */
export interface Row {
  readonly cells: readonly Cell[];
  readonly origin: number;
  /** It is something that a person has to mend. */
  readonly failed?: boolean;
}

/** Rows that belong together, like the entries of one PASID table. */
export interface Group {
  /** A few words that stand before the rows; empty in a table that is one group. */
  readonly label: string;
  /** What the rows are, as a title of their own. */
  readonly caption: string;
  readonly rows: readonly Row[];
}

/** A table of the report, whatever form it gets. */
export interface Table {
  readonly title: string;
  /** Said where there is no row; a table without it is left out then. */
  readonly none: string | undefined;
  /** Heading of the column of the groups' labels; absent in a table that is one group. */
  readonly groups?: string;
  readonly columns: readonly Column[];
  readonly content: readonly Group[];
}

/** A cell of a text or a number. */
export function cell(content: string | number, tone?: Tone): Cell {
  return tone ? { text: String(content), tone } : { text: String(content) };
}

export function rowCount({ content }: Table): number {
  return content.reduce((sum, { rows }) => sum + rows.length, 0);
}
