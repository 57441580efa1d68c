import type { CompletionList } from "./item.js";

/** A string of an `import` in which the cursor stands. */
export interface PathAt {
  /** What stands between the quote and the cursor. */
  readonly typed: string;
  /** What stands behind the cursor on its line. */
  readonly rest: string;
  readonly offset: number;
  /** The files that can be named, as the import would write them. */
  readonly paths: readonly string[];
}

/** The files of the workspace in an `import`; the whole path takes the place of what stands in the quotes. */
export function importItems({ typed, rest, offset, paths }: PathAt): CompletionList {
  const closing = rest.indexOf('"');
  const replace = { start: offset - typed.length, end: offset + (closing < 0 ? 0 : closing) };
  const items = paths.map((path) => ({
    label: path,
    kind: "file" as const,
    insert: closing < 0 ? `${path}"` : path,
    filter: path,
  }));
  return { replace, items, isIncomplete: false, mustFollow: true };
}
