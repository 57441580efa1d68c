/** What the editor says of a word of the language. */
export interface WordHelp {
  /** How a statement or property that begins with the word is written; absent for all other words. */
  readonly form?: string;
  /** One or two sentences; parts of the language stand in `marks`. */
  readonly text: string;
}
