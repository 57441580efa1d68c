/** A piece of text that lies at an offset of a file. The leaves of a tree tell with it how they are written. */
export class SourceText {
  /** @param offset of its first unit in the file, in UTF-16 units */
  constructor(
    readonly text: string,
    readonly offset: number,
  ) {}

  /** What is written between two offsets of the file; `end` exclusive. */
  slice(start: number, end: number): string {
    return this.text.slice(start - this.offset, end - this.offset);
  }
}
