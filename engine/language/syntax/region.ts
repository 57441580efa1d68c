import type { ParsedFile } from "./parsed-file.js";
import type { TextChange } from "./text-change.js";
import { TokenKind } from "./tokens.js";
import type { FileItem, OwnerItem } from "./tree.js";

/** A block on the top level of a file. */
export type Block = Extract<FileItem, { kind: "guest" | "native" | "scenario" }>;

/** A statement of a block, or of the file. */
export type Statement = OwnerItem | FileItem;

/** What of a text is read again: from the first word of a statement to that of another one, or to an end. */
export interface Region {
  /** The block whose statements they are; `undefined` for those of the file. */
  readonly block: { readonly node: Block; readonly item: number; readonly margin: number } | undefined;
  /** Index of the first statement that is read again, and of the first one behind it that is not. */
  readonly first: number;
  readonly behind: number;
  /** All from the first to that one. */
  readonly old: readonly Statement[];
  readonly start: number;
  /** Where the next statement begins, or the brace of the block stands, or the file ends; and where that ends. */
  readonly stop: number;
  readonly end: number;
}

/** Statements in a block whose comment above them is a part of them. */
const DOCUMENTED: ReadonlySet<string> = new Set(["ioasid", "object", "memory", "process", "viommu"]);

/** Statements of a file that say how others are read. */
const LEADING: ReadonlySet<string> = new Set(["uapi", "import"]);

const CLOSE_BRACE = 0x7d;

/** What has to be read again after an edit; `undefined` where that cannot be told from the tree. */
export function regionOf(before: ParsedFile, edit: TextChange): Region | undefined {
  const item = before.itemBefore(edit.start);
  if (item < 0) return undefined;
  const node = before.item(item);
  const isBlock = node.kind === "guest" || node.kind === "native" || node.kind === "scenario";
  return (isBlock ? inBlock(before, edit, node, item) : undefined) ?? inFile(before, edit, item);
}

/** The statements of a block, whatever it is. */
export function statementsOf(block: Block): readonly OwnerItem[] {
  return block.kind === "scenario" ? block.steps : block.items;
}

function inBlock(before: ParsedFile, edit: TextChange, node: Block, item: number): Region | undefined {
  const { text } = before;
  const brace = node.end - 1;
  if (edit.oldEnd > brace || text.charCodeAt(brace) !== CLOSE_BRACE) return undefined;
  const margin = columnOf(text, node.start);
  const statements = statementsOf(node);
  const first = statements.findLastIndex((each) => beginsBefore(before, each, edit.start));
  const found = statements[first];
  if (!found || margin === undefined) return undefined;
  const next = statements.findIndex(
    (each, index) =>
      index > first && each.start > edit.oldEnd && !DOCUMENTED.has(each.kind) && isPlain(before, each),
  );
  const behind = next < 0 ? statements.length : next;
  return {
    block: { node, item, margin },
    first,
    behind,
    old: statements.slice(first, behind),
    start: found.start,
    stop: statements[next]?.start ?? brace,
    end: statements[next]?.end ?? node.end,
  };
}

function inFile(before: ParsedFile, edit: TextChange, item: number): Region | undefined {
  const { text, length } = before;
  let first = item;
  while (first >= 0 && !beginsBefore(before, before.item(first), edit.start)) first--;
  if (first < 0) return undefined;
  const old: FileItem[] = [before.item(first)];
  let behind = first + 1;
  // The comment above a statement is a part of it: where an edit may have changed that, it is read again too.
  for (; behind < length && !isBehind(before, behind, edit); behind++) old.push(before.item(behind));
  if (old.some(({ kind }) => LEADING.has(kind))) return undefined;
  const next = behind < length ? before.item(behind) : undefined;
  const { start } = old[0]!;
  return {
    block: undefined,
    first,
    behind,
    old,
    start,
    stop: next?.start ?? text.length,
    end: next?.end ?? text.length,
  };
}

function isBehind(before: ParsedFile, index: number, { oldEnd }: TextChange): boolean {
  const item = before.item(index);
  return before.item(index - 1).end >= oldEnd && item.start > oldEnd && isPlain(before, item);
}

/** A statement alone on its line whose first word an edit leaves as it is: nothing before it can matter for it. */
function beginsBefore(before: ParsedFile, statement: Statement, edit: number): boolean {
  const { text, tokens } = before;
  if (statement.start >= edit || !isPlain(before, statement)) return false;
  return tokens.end(tokens.at(statement.start)) < edit && columnOf(text, statement.start) !== undefined;
}

/** Whether a statement stands where it may and begins with its word: then it reads the same whatever was before it. */
function isPlain({ tokens }: ParsedFile, { kind, start }: Statement): boolean {
  return kind !== "misplaced" && kind !== "allow" && tokens.kind(tokens.at(start)) === TokenKind.reserved;
}

/** How far from the start of its line something stands; `undefined` when something else is before it. */
export function columnOf(text: string, offset: number): number | undefined {
  let at = offset;
  for (; at > 0; at--) {
    const unit = text[at - 1];
    if (unit === "\n" || unit === "\r") break;
    if (unit !== " " && unit !== "\t") return undefined;
  }
  return offset - at;
}
