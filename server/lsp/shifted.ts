import { changeBetween, type Diagnostic, type Span } from "../../engine/language/index.js";
import type { TextRange } from "../../engine/services/index.js";

/** Texts of the files of a program by their names. */
export type Texts = ReadonlyMap<string, string>;

/**
 * The findings of an older run, moved to where their text stands now. What touches a changed part is left
 * out: nobody knows what a new run will say of it. So is what stands in a file that the program has no more.
 */
export function shifted(findings: readonly Diagnostic[], before: Texts, after: Texts): Diagnostic[] {
  const moves = new Map<string, Move | undefined>();
  const moved = (span: Span): Span | undefined => {
    if (!moves.has(span.file)) moves.set(span.file, moveBetween(before.get(span.file), after.get(span.file)));
    const place = moves.get(span.file)?.(span);
    return place && { file: span.file, ...place };
  };
  return findings.flatMap((finding) => {
    const span = moved(finding.span);
    if (!span) return [];
    const related = finding.related.flatMap(({ span: other, message }) => {
      const place = moved(other);
      return place ? [{ span: place, message }] : [];
    });
    return [{ ...finding, span, related }];
  });
}

/** Where a piece of the older text stands in the newer one; `undefined` for one that touches what changed. */
type Move = (place: TextRange) => TextRange | undefined;

/** Everything from the first to the last difference counts as changed. */
function moveBetween(before: string | undefined, after: string | undefined): Move | undefined {
  if (before === undefined || after === undefined) return undefined;
  const change = changeBetween(before, after);
  if (!change) return ({ start, end }) => ({ start, end });
  const difference = change.newEnd - change.oldEnd;
  return ({ start, end }) => {
    if (end < change.start) return { start, end };
    return start > change.oldEnd ? { start: start + difference, end: end + difference } : undefined;
  };
}
