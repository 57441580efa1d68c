import type { Diagnostic } from "../diagnostic.js";
import type { Span } from "../program.js";

/**
 * What an edit did to the places of a program: in one file, everything between two places is gone, and everything
 * behind it lies elsewhere.
 */
export class Shift {
  /**
   * @param from offset in UTF-16 units, @param oldEnd exclusive
   * @param by how far everything behind has moved
   */
  constructor(
    readonly file: string,
    readonly from: number,
    readonly oldEnd: number,
    readonly by: number,
  ) {}

  isGone({ file, start }: Span): boolean {
    return file === this.file && start >= this.from && start < this.oldEnd;
  }

  /** Where a place is that is not gone; the same object where it is where it was. */
  span(span: Span): Span {
    const { file, start, end } = span;
    if (this.by === 0 || file !== this.file || end <= this.from) return span;
    return { file, start: start >= this.oldEnd ? start + this.by : start, end: end + this.by };
  }

  /** A finding that is not gone. */
  finding(finding: Diagnostic): Diagnostic {
    if (this.by === 0) return finding;
    const related = finding.related.map(({ span, message }) => ({ span: this.span(span), message }));
    return { ...finding, span: this.span(finding.span), related };
  }
}
