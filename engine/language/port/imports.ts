import type { Analysis } from "../lowering/analysis.js";
import type { SourceFile } from "../syntax/index.js";

/** A text in which imports were replaced by what they name, and where each part of it comes from. */
export interface Inlined {
  readonly text: string;
  /** The file and the offset in it that an offset of the text comes from. */
  placeOf(offset: number): { readonly file: string; readonly offset: number };
}

interface Segment {
  readonly start: number;
  readonly file: string;
  readonly offset: number;
}

/** Whether some import brings calls along, which would have to be ported as well. */
export function importsCalls({ trees }: Analysis): boolean {
  const [, ...imported] = trees.values();
  return imported.some(({ items }) =>
    items.some(({ kind }) => kind === "guest" || kind === "native" || kind === "uapi" || kind === "allow"),
  );
}

/**
 * Puts what is imported in the place of the imports, without its scenarios, which an import leaves out too.
 * @param resolve the name of the file that an import means
 */
export function inlined(
  { program, trees }: Analysis,
  resolve: (from: string, target: string) => string,
): Inlined {
  const segments: Segment[] = [];
  const seen = new Set([program.file]);
  let text = "";
  const copy = (file: string, source: string, start: number, end: number) => {
    segments.push({ start: text.length, file, offset: start });
    text += source.slice(start, end);
  };
  const add = (file: string, { text: source, items }: SourceFile, isRoot: boolean) => {
    let at = 0;
    for (const item of items) {
      const target = item.kind === "import" && item.path ? resolve(file, item.path.value) : undefined;
      const isLeftOut = !isRoot && (item.kind === "scenario" || item.kind === "uapi");
      if (target === undefined && !isLeftOut) continue;
      copy(file, source, at, item.start);
      at = item.end;
      const tree = target === undefined || seen.has(target) ? undefined : trees.get(target);
      if (target === undefined || !tree) continue;
      seen.add(target);
      add(target, tree, false);
    }
    copy(file, isRoot ? source : source.trimEnd(), at, source.length);
  };
  add(program.file, trees.get(program.file)!, true);
  return {
    text,
    placeOf: (offset) => {
      const segment = segments.findLast(({ start }) => start <= offset)!;
      return { file: segment.file, offset: segment.offset + offset - segment.start };
    },
  };
}
