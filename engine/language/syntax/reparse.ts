import { looksBinary } from "./binary.js";
import { type Difference, differenceOf, insideOf } from "./difference.js";
import { type Edit, editBetween } from "./edit.js";
import { Issues } from "./issues.js";
import { lex } from "./lexer.js";
import { Mover } from "./move.js";
import { BlockReader } from "./parse-blocks.js";
import type { ParsedFile } from "./parsed-file.js";
import { Parts } from "./parts.js";
import type { Place } from "./places.js";
import { TokenKind, type TokenList } from "./tokens.js";
import type { FileItem, OwnerItem, SyntaxIssue } from "./tree.js";

/** A text that was parsed again where it is another one. */
export interface Reparsed extends Difference {
  readonly tree: ParsedFile;
  /** Index of the item of the file that has other statements. */
  readonly item: number;
}

/** Beyond so many, issues are no longer told one by one. */
const MANY_ISSUES = 100;

/** Rules that are about more than the statement in which they are told: what is wrong may lie far from there. */
const FAR_REACHING: ReadonlySet<string> = new Set([
  "S002",
  "S003",
  "S008",
  "S012",
  "S013",
  "S014",
  "S015",
  "S021",
  "S022",
  "S028",
  "S032",
]);

/** Statements whose comment above them is a part of them. */
const DOCUMENTED: ReadonlySet<string> = new Set(["ioasid", "object", "memory", "process", "viommu"]);

/** So many units behind a statement are enough for the parser to see that it is over. */
const AHEAD = 256;

const CLOSE_BRACE = 0x7d;

/** A block on the top level of a file. */
type Block = Extract<FileItem, { kind: "guest" | "native" | "scenario" }>;

/** What of a block is read again: from the first word of a statement to that of another one, or to its brace. */
interface Region {
  readonly block: Block;
  readonly item: number;
  readonly place: Place;
  readonly margin: number;
  /** Index of the first statement that is read again, and of the first one behind it that is not. */
  readonly first: number;
  readonly behind: number;
  readonly start: number;
  readonly stop: number;
  /** Where the statement or the brace at `stop` ends. */
  readonly end: number;
}

/**
 * Parses a text which is nearly that of a tree: where it differs, only some statements of a block are read
 * again, and the rest is taken over. The tree is the one that `parse` gives.
 * @returns `undefined` where the difference may matter for more than that: then the whole has to be parsed
 */
export function reparse(before: ParsedFile, text: string): Reparsed | undefined {
  const edit = editBetween(before.text, text);
  if (!edit || before.issues.length > MANY_ISSUES || isFarReaching(before.issues)) return undefined;
  const region = regionOf(before, edit);
  return region && new Reading(before, text, edit, region).reparsed();
}

function isFarReaching(issues: readonly SyntaxIssue[]): boolean {
  return issues.some(({ rule }) => FAR_REACHING.has(rule));
}

/** The statements of a block, whatever it is. */
export function statementsOf(block: Block): readonly OwnerItem[] {
  return block.kind === "scenario" ? block.steps : block.items;
}

function regionOf(before: ParsedFile, edit: Edit): Region | undefined {
  const item = before.itemBefore(edit.start);
  if (item < 0) return undefined;
  const block = before.item(item);
  if (block.kind !== "guest" && block.kind !== "native" && block.kind !== "scenario") return undefined;
  const brace = block.end - 1;
  const { text, tokens } = before;
  if (edit.oldEnd > brace || text.charCodeAt(brace) !== CLOSE_BRACE) return undefined;
  const margin = columnOf(text, block.start);
  const statements = statementsOf(block);
  const first = statements.findLastIndex((each) => beginsBefore(before, each, edit.start));
  const found = statements[first];
  if (!found || margin === undefined) return undefined;
  const behind = statements.findIndex(
    (each, index) =>
      index > first && each.start > edit.oldEnd && !DOCUMENTED.has(each.kind) && isPlain(tokens, each),
  );
  const next = statements[behind];
  return {
    block,
    item,
    place: block.kind,
    margin,
    first,
    behind: next ? behind : statements.length,
    start: found.start,
    stop: next?.start ?? brace,
    end: next?.end ?? block.end,
  };
}

/** A statement alone on its line whose first word an edit leaves as it is: nothing before it can matter for it. */
function beginsBefore({ text, tokens }: ParsedFile, statement: OwnerItem, edit: number): boolean {
  if (statement.start >= edit || !isPlain(tokens, statement)) return false;
  return tokens.end(tokens.at(statement.start)) < edit && columnOf(text, statement.start) !== undefined;
}

/** Whether a statement stands where it may and begins with its word: then it means the same whatever was before it. */
function isPlain(tokens: TokenList, { kind, start }: OwnerItem): boolean {
  return kind !== "misplaced" && tokens.kind(tokens.at(start)) === TokenKind.reserved;
}

/** How far from the start of its line something stands; `undefined` when something else is before it. */
function columnOf(text: string, offset: number): number | undefined {
  let at = offset;
  for (; at > 0; at--) {
    const unit = text[at - 1];
    if (unit === "\n" || unit === "\r") break;
    if (unit !== " " && unit !== "\t") return undefined;
  }
  return offset - at;
}

/** Reads a region again. */
class Reading {
  private readonly by: number;
  /** Where the piece of text begins that is read. */
  private readonly base: number;

  constructor(
    private readonly before: ParsedFile,
    private readonly text: string,
    edit: Edit,
    private readonly region: Region,
  ) {
    this.by = edit.newEnd - edit.oldEnd;
    this.base = region.start - columnOf(before.text, region.start)!;
  }

  reparsed(): Reparsed | undefined {
    const { before, text, by, base, region } = this;
    const { start, stop, end } = region;
    const piece = apart(text.slice(base, end + by + AHEAD));
    const lexical = new Issues();
    const tokens = lex(piece, lexical);
    const newStop = stop + by;
    const last = tokens.at(newStop - base);
    if (tokens.start(last) !== newStop - base) return undefined;
    const syntactic = new Issues();
    const parts = new Parts(tokens, syntactic);
    parts.iommufd = before.isIommufdAt(region.item);
    const read = new BlockReader(parts).some(region.place, region.margin, newStop - base);
    if (!read) return undefined;
    const mover = new Mover(base);
    const come = this.documented(read.map((each) => mover.node(each as OwnerItem)));
    const fresh = syntactic.mergedWith(lexical).filter((each) => each.start < newStop - base);
    if (isFarReaching(fresh)) return undefined;
    const issues = this.issues(fresh.map((each) => ({ ...each, ...moved(each, base) })));
    if (issues.length > 0 && looksBinary(text) !== undefined) return undefined;
    const old = { from: before.tokens.at(start), to: before.tokens.at(stop) };
    const first = tokens.at(start - base);
    const list = before.tokens.replaced(text, old, tokens, { first, last, base });
    return this.put({ text, issues, tokens: list }, come);
  }

  /** The comment above the first statement lies before what is read, and is what it was. */
  private documented([first, ...others]: readonly OwnerItem[]): OwnerItem[] {
    const { block, first: index } = this.region;
    const old = statementsOf(block)[index]!;
    if (!first || !("documentation" in first) || !("documentation" in old))
      return first ? [first, ...others] : [];
    return [{ ...first, documentation: old.documentation }, ...others];
  }

  private issues(fresh: readonly SyntaxIssue[]): SyntaxIssue[] {
    const { start, stop } = this.region;
    const all = this.before.issues;
    const behind = all.filter((each) => each.start >= stop);
    const moving = this.by === 0 ? behind : behind.map((each) => ({ ...each, ...moved(each, this.by) }));
    return [...all.filter((each) => each.start < start), ...fresh, ...moving];
  }

  /** The tree with the statements that came, and in which of them it differs. */
  private put(file: Pick<ParsedFile, "text" | "issues" | "tokens">, come: readonly OwnerItem[]): Reparsed {
    const { before, by, region } = this;
    const { block, item, first, behind } = region;
    const all = statementsOf(block);
    const mover = new Mover(by);
    const moving = all.slice(behind);
    const statements = [
      ...all.slice(0, first),
      ...come,
      ...(by === 0 ? moving : moving.map((each) => mover.node(each))),
    ];
    const end = block.end + by;
    const now = (
      block.kind === "scenario" ? { ...block, steps: statements, end } : { ...block, items: statements, end }
    ) as Block;
    const tree = before.with(file, item, now, by);
    const difference = differenceOf(before, tree, {
      old: all.slice(first, behind),
      now: come,
      from: region.start,
      end: region.stop,
    });
    return { tree, item, ...(insideOf(before, tree, difference) ?? difference) };
  }
}

function moved({ start, end }: SyntaxIssue, by: number): { start: number; end: number } {
  return { start: start + by, end: end + by };
}

/** A string of its own, which does not keep the whole text alive that it was cut out of. */
function apart(piece: string): string {
  return [...piece].join("");
}
