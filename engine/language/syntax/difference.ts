import type { Statement } from "./region.js";
import type { Body, Node, SourceFile } from "./tree.js";

/** In which statements a tree differs from the one before. */
export interface Difference {
  /** Both texts are the same before `from` and behind the ends; no other statement lies between them. */
  readonly from: number;
  readonly oldEnd: number;
  readonly newEnd: number;
  /** The statements that are not any more, and those that stand in their place. */
  readonly gone: readonly Statement[];
  readonly come: readonly Statement[];
  /** The statement in whose body they stand, which is what it was without its body; `undefined` outside of any. */
  readonly around?: Statement;
}

type Text = Pick<SourceFile, "text" | "issues">;

/** Statements of two texts, which stand in the same place: all of it lies between `from` and `end` of the old one. */
interface Both {
  readonly old: readonly Statement[];
  readonly now: readonly Statement[];
  readonly from: number;
  readonly end: number;
}

/** The statements that differ: those that read as they did are left out before and behind. */
export function differenceOf(before: Text, after: Text, { old, now, from, end }: Both): Difference {
  const by = after.text.length - before.text.length;
  const same = (a: Statement, b: Statement, moved: number): boolean =>
    a.start + moved === b.start && isSame(before, after, a, b);
  const most = Math.min(old.length, now.length);
  let head = 0;
  while (head < most && same(old[head]!, now[head]!, 0)) head++;
  let tail = 0;
  while (tail < most - head && same(old.at(-1 - tail)!, now.at(-1 - tail)!, by)) tail++;
  const oldEnd = old[old.length - tail]?.start ?? end;
  return {
    from: old[head - 1]?.end ?? from,
    oldEnd,
    newEnd: oldEnd + by,
    gone: old.slice(head, old.length - tail),
    come: now.slice(head, now.length - tail),
  };
}

/** The same of the lines of a body, where nothing but these lines of one statement differs. */
export function insideOf(before: Text, after: Text, { gone, come }: Difference): Difference | undefined {
  const [old, now] = [gone[0], come[0]];
  if (gone.length !== 1 || come.length !== 1 || !old || !now) return undefined;
  const [lines, linesNow] = [bodyOf(old), bodyOf(now)];
  if (!lines || !linesNow || old.kind !== now.kind || documentationOf(old) !== documentationOf(now))
    return undefined;
  const by = after.text.length - before.text.length;
  if (old.start !== now.start || lines.start !== linesNow.start) return undefined;
  if (old.end + by !== now.end || lines.end + by !== linesNow.end) return undefined;
  const heads = [
    { start: old.start, end: lines.start + 1 },
    { start: now.start, end: linesNow.start + 1 },
  ] as const;
  const tails = [
    { start: lines.end - 1, end: old.end },
    { start: linesNow.end - 1, end: now.end },
  ] as const;
  if (!readsSame(before, after, ...heads) || !readsSame(before, after, ...tails)) return undefined;
  const found = { old: lines.steps, now: linesNow.steps, from: lines.start + 1, end: lines.end - 1 };
  return { ...differenceOf(before, after, found), around: now };
}

function bodyOf(node: Statement): Body | undefined {
  return "body" in node ? node.body : undefined;
}

/** Whether a statement reads as it did: then it is the same, unless something is wrong with it. */
function isSame(before: Text, after: Text, old: Statement, now: Statement): boolean {
  return (
    old.kind === now.kind &&
    documentationOf(old) === documentationOf(now) &&
    readsSame(before, after, old, now)
  );
}

interface Piece {
  readonly start: number;
  readonly end: number;
}

function readsSame(before: Text, after: Text, old: Piece, now: Piece): boolean {
  const isTold = ({ issues }: Text, { start, end }: Piece): boolean =>
    issues.some((issue) => issue.start < end && start < issue.end);
  return (
    before.text.slice(old.start, old.end) === after.text.slice(now.start, now.end) &&
    !isTold(before, old) &&
    !isTold(after, now)
  );
}

function documentationOf(node: Node): string | undefined {
  return "documentation" in node ? node.documentation : undefined;
}
