import { looksBinary } from "./binary.js";
import { type Difference, differenceOf, insideOf } from "./difference.js";
import { Issues } from "./issues.js";
import { lex } from "./lexer.js";
import { Mover } from "./move.js";
import { BlockReader } from "./parse-blocks.js";
import type { ParsedFile } from "./parsed-file.js";
import { Parts } from "./parts.js";
import { type Block, columnOf, type Region, regionOf, type Statement, statementsOf } from "./region.js";
import { changeBetween, type TextChange } from "./text-change.js";
import type { FileItem, Node, OwnerItem, SyntaxIssue } from "./tree.js";

/** A text that was parsed again where it is another one. */
export interface Reparsed extends Difference {
  readonly tree: ParsedFile;
  /** Index of the block that has other statements; `undefined` where those of the file are others. */
  readonly item: number | undefined;
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

/** So many units behind a statement are enough for the parser to see that it is over. */
const AHEAD = 256;

/**
 * Parses a text which is nearly that of a tree: where it differs, only some statements are read again, and the
 * rest is taken over. The tree is the one that `parse` gives.
 * @returns `undefined` where the difference may matter for more than that: then the whole has to be parsed
 */
export function reparse(before: ParsedFile, text: string): Reparsed | undefined {
  const edit = changeBetween(before.text, text);
  if (!edit || before.issues.length > MANY_ISSUES || isFarReaching(before.issues)) return undefined;
  const region = regionOf(before, edit);
  return region && new Reading(before, text, edit, region).reparsed();
}

function isFarReaching(issues: readonly SyntaxIssue[]): boolean {
  return issues.some(({ rule }) => FAR_REACHING.has(rule));
}

/** Reads a region again. */
class Reading {
  private readonly by: number;
  /** Where the piece of text begins that is read. */
  private readonly base: number;

  constructor(
    private readonly before: ParsedFile,
    private readonly text: string,
    edit: TextChange,
    private readonly region: Region,
  ) {
    this.by = edit.newEnd - edit.oldEnd;
    this.base = region.start - columnOf(before.text, region.start)!;
  }

  reparsed(): Reparsed | undefined {
    const { before, text, by, base, region } = this;
    const { start, stop, end, block } = region;
    const piece = apart(text.slice(base, end + by + AHEAD));
    const lexical = new Issues();
    const tokens = lex(piece, lexical);
    const newStop = stop + by;
    const last = tokens.at(newStop - base);
    if (tokens.start(last) !== newStop - base) return undefined;
    const syntactic = new Issues();
    const parts = new Parts(tokens, syntactic);
    parts.iommufd = before.isIommufdAt(region.block?.item ?? region.first);
    const reader = new BlockReader(parts);
    const read: readonly Node[] | undefined = block
      ? reader.some(block.node.kind, block.margin, newStop - base)
      : reader.file(newStop - base);
    if (!read || parts.start !== newStop - base) return undefined;
    const mover = new Mover(base);
    const come = this.documented(read.map((each) => mover.node(each as Statement)));
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
  private documented(come: Statement[]): Statement[] {
    const [first] = come;
    const old = this.region.old[0]!;
    if (first && "documentation" in first && "documentation" in old) {
      come[0] = { ...first, documentation: old.documentation };
    }
    return come;
  }

  private issues(fresh: readonly SyntaxIssue[]): SyntaxIssue[] {
    const { start, stop } = this.region;
    const all = this.before.issues;
    const behind = all.filter((each) => each.start >= stop);
    const moving = this.by === 0 ? behind : behind.map((each) => ({ ...each, ...moved(each, this.by) }));
    return [...all.filter((each) => each.start < start), ...fresh, ...moving];
  }

  /** The tree with the statements that came, and in which of them it differs. */
  private put(file: Pick<ParsedFile, "text" | "issues" | "tokens">, come: readonly Statement[]): Reparsed {
    const { before, region } = this;
    const { block, first, behind, old, start, stop } = region;
    const tree = block
      ? before.with(file, block.item, block.item + 1, [this.blockWith(block.node, come as OwnerItem[])])
      : before.with(file, first, behind, come as FileItem[]);
    const difference = differenceOf(before, tree, { old, now: come, from: start, end: stop });
    return { tree, item: block?.item, ...(insideOf(before, tree, difference) ?? difference) };
  }

  private blockWith(block: Block, come: readonly OwnerItem[]): Block {
    const { by, region } = this;
    const { first, behind } = region;
    const all = statementsOf(block);
    const mover = new Mover(by);
    const moving = all.slice(behind);
    const rest = by === 0 ? moving : moving.map((each) => mover.node(each));
    const statements = [...all.slice(0, first), ...come, ...rest];
    const end = block.end + by;
    return (
      block.kind === "scenario" ? { ...block, steps: statements, end } : { ...block, items: statements, end }
    ) as Block;
  }
}

function moved({ start, end }: SyntaxIssue, by: number): { start: number; end: number } {
  return { start: start + by, end: end + by };
}

/** A string of its own, which does not keep the whole text alive that it was cut out of. */
function apart(piece: string): string {
  return [...piece].join("");
}
