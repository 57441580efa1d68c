import type { Diagnostic } from "../../engine/language/index.js";

/**
 * The findings of an older run, moved to where their text stands now. What touches the changed part is left
 * out: nobody knows what a new run will say of it.
 * @param file the one file that changed; findings in others keep their places
 */
export function shifted(
  findings: readonly Diagnostic[],
  file: string,
  before: string,
  after: string,
): Diagnostic[] {
  const first = commonStart(before, after);
  const last = before.length - commonEnd(before, after, first);
  const moved = after.length - before.length;
  return findings.flatMap((finding) => {
    const { span } = finding;
    if (span.file !== file || span.end < first) return [finding];
    if (span.start <= last) return [];
    return [{ ...finding, span: { file, start: span.start + moved, end: span.end + moved }, related: [] }];
  });
}

function commonStart(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
}

/** Units that both texts end with, beyond those that they begin with. */
function commonEnd(a: string, b: string, start: number): number {
  const length = Math.min(a.length, b.length) - start;
  let count = 0;
  while (count < length && a.charCodeAt(a.length - 1 - count) === b.charCodeAt(b.length - 1 - count))
    count += 1;
  return count;
}
