import type { syntax } from "../../language/index.js";
import type { TextRange } from "../view.js";

/** An import of a file, as it is written. */
export interface WrittenImport {
  /** What stands between the quotes. */
  readonly path: string;
  /** Of the path without its quotes. */
  readonly span: TextRange;
}

/** The imports of a file in written order; those without a path are left out. */
export function importsOf({ items, text }: syntax.SourceFile): readonly WrittenImport[] {
  return items.flatMap((item) => {
    const path = item.kind === "import" ? item.path : undefined;
    if (!path) return [];
    const isClosed = path.end - path.start > 1 && text[path.end - 1] === '"';
    return [{ path: path.value, span: { start: path.start + 1, end: isClosed ? path.end - 1 : path.end } }];
  });
}
