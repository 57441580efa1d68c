import { type Analysis, applyEdits, type syntax } from "../../language/index.js";
import { type Action, type ActionEdit, refactoring } from "./action.js";
import { fileSwitches, type Piece, pieceOf } from "./pieces.js";

/** Declarations of the host's hardware: one set, complete before any call, wherever its parts stand. */
const HARDWARE: ReadonlySet<syntax.FileItem["kind"]> = new Set(["iommu", "cpu", "pdev", "mdev", "group"]);

/** The file that hardware moves into. */
export interface NewFile {
  /** As the engine calls it. */
  readonly file: string;
  /** As an import of the root file writes it. */
  readonly path: string;
}

/** Whether the root file declares hardware at an offset, which may move into a file of its own. */
export function standsInHardware({ program, trees }: Analysis, file: string, offset: number): boolean {
  if (file !== program.file) return false;
  const items = trees.get(file)?.items ?? [];
  return items.some(({ kind, start, end }) => HARDWARE.has(kind) && start <= offset && offset <= end);
}

/**
 * Why the hardware of the root file cannot move without another meaning: a sentence. PASIDs are given out in
 * the order of the declarations, so that order has to stay.
 */
export function obstacleToExtract({ program, trees }: Analysis): string | undefined {
  const tree = trees.get(program.file);
  const items = tree?.items ?? [];
  if (!tree || tree.issues.length > 0)
    return "The text has mistakes; what belongs to a statement is not certain.";
  const hardware = items.filter(({ kind }) => HARDWARE.has(kind));
  const [first, last] = [hardware[0], hardware.at(-1)];
  if (!first || !last) return "The file declares no hardware.";
  const isBetween = items.some(
    ({ kind, start }) => kind === "import" && start > first.start && start < last.start,
  );
  return isBetween
    ? "An import stands between the declarations; its devices would get other PASIDs. Move it to the front."
    : undefined;
}

/**
 * The hardware of the root file moved into a new file, which it imports instead.
 * @returns `undefined` where something keeps it from moving, as `obstacleToExtract` says
 */
export function extractPlatform(analysis: Analysis, { file: target, path }: NewFile): Action | undefined {
  const { file } = analysis.program;
  const tree = analysis.trees.get(file);
  if (!tree || obstacleToExtract(analysis) !== undefined) return undefined;
  const pieces = tree.items.flatMap((item, index): Piece[] =>
    HARDWARE.has(item.kind) ? [pieceOf(tree, item, tree.items[index - 1]?.end ?? 0)] : [],
  );
  const newline = tree.text.includes("\r\n") ? "\r\n" : "\n";
  const moved = textOf(tree.text, pieces, newline);
  const switches = fileSwitches(tree).map((comment) => `${comment}${newline}`);
  const statement = `import "${path}"`;
  const edits = runs(tree.text, pieces).map(({ start, end, isLine }, index): ActionEdit => {
    const text = index > 0 ? "" : isLine ? statement + newline : `${statement} `;
    return { file, start, end, text };
  });
  const title = `Move the hardware into "${path}"`;
  const action = refactoring("refactor.extract", title, ...edits, {
    file: target,
    start: 0,
    end: 0,
    text: switches.join("") + moved,
  });
  return { ...action, creates: [target] };
}

/** The moved declarations one below the other, with an empty line where there was one, or something else. */
function textOf(text: string, pieces: readonly Piece[], newline: string): string {
  return pieces
    .map(({ start, end, isLine }, index) => {
      const before = pieces[index - 1];
      const between = before ? text.slice(before.end, start) : "";
      const isApart = before !== undefined && (between.trim() !== "" || /\n/.test(between));
      const words = text.slice(start, end).trimEnd();
      return (isApart ? newline : "") + (isLine ? words : words.trimStart()) + newline;
    })
    .join("");
}

/** Pieces with nothing but blanks between them as one, so that no empty lines are left of them. */
function runs(text: string, pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last && text.slice(last.end, piece.start).trim() === "") {
      joined[joined.length - 1] = { ...last, end: piece.end };
    } else {
      joined.push(piece);
    }
  }
  return joined.map((piece, index) => (index === 0 ? piece : withoutEmptyLine(text, piece)));
}

/** With the empty line after it, where there is one before it as well. */
function withoutEmptyLine(text: string, piece: Piece): Piece {
  const after = /^[ \t]*\r?\n/.exec(text.slice(piece.end))?.[0];
  const isAfterEmpty = /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(0, piece.start));
  return piece.isLine && after !== undefined && isAfterEmpty
    ? { ...piece, end: piece.end + after.length }
    : piece;
}

/**
 * The import at an offset of the root file replaced by what the imported file declares, when that is hardware
 * alone, so that it means the same in this place.
 * @param fileOf the file that an import's path means, as the engine calls it
 */
export function inlineImport(
  analysis: Analysis,
  offset: number,
  fileOf: (path: string) => string | undefined,
): readonly Action[] {
  const { file } = analysis.program;
  const tree = analysis.trees.get(file);
  const item = tree?.items.find(
    ({ kind, start, end }) => kind === "import" && start <= offset && offset <= end,
  );
  if (!tree || item?.kind !== "import" || !item.path) return [];
  const target = fileOf(item.path.value);
  const inner = target === undefined ? undefined : analysis.trees.get(target);
  if (!inner || target === file || !isPlain(inner) || importsOfOthers(analysis, file) > 0) return [];
  const isOnce =
    tree.items.filter((each) => each.kind === "import" && fileOf(each.path?.value ?? "") === target)
      .length === 1;
  if (!isOnce) return [];
  const uapi = inner.items.flatMap((each, index) =>
    each.kind === "uapi" ? [pieceOf(inner, each, inner.items[index - 1]?.end ?? 0)] : [],
  );
  const without = uapi.map(({ start, end }) => ({ file: "", start, end, text: "" }));
  const text = applyEdits(inner.text, without).trim();
  const title = `Put the hardware of "${item.path.value}" here`;
  return [refactoring("refactor.inline", title, { file, start: item.start, end: item.end, text })];
}

/** Hardware alone, without mistakes, and without comments that are about the file as a whole. */
function isPlain(tree: syntax.SourceFile): boolean {
  const isHardware = tree.items.every(({ kind }) => HARDWARE.has(kind) || kind === "uapi");
  return isHardware && tree.issues.length === 0 && fileSwitches(tree).length === 0;
}

/** Imports that imported files have: one of them could read the same file first. */
function importsOfOthers({ trees }: Analysis, root: string): number {
  const others = [...trees].filter(([file]) => file !== root).map(([, tree]) => tree);
  return others.flatMap(({ items }) => items).filter(({ kind }) => kind === "import").length;
}
