import { type Node, Punctuation, type SourceFile, TokenKind, type TokenList } from "../syntax/index.js";

/** A run of tokens that belongs on one line: a statement, a property, a member of a group. Ends are inclusive. */
export interface Item {
  readonly first: number;
  readonly last: number;
  /** Not understood: its text stays as it is, byte for byte. */
  readonly kept: boolean;
  /** A property without a value: several of them may share a line. */
  readonly flag: boolean;
  readonly block: Block | undefined;
}

/** `{ … }` of a statement, by the tokens of its braces. */
export interface Block {
  readonly kind: "statements" | "body" | "properties" | "names";
  readonly open: number;
  readonly close: number;
  readonly items: readonly Item[];
}

/** Where one of these is found, the structure of the text is not certain. */
const UNCERTAIN: ReadonlySet<string> = new Set(["S003", "S008", "S012", "S013", "S014", "S028"]);

/**
 * The statements of a file and what lies in their braces, as runs of tokens. Every token that is no blank and
 * no comment is in exactly one run of each level.
 * @param coarse keep a statement of the top level whole when anything in it was not understood
 * @returns `undefined` when the text is too broken to tell
 */
export function itemsOf(file: SourceFile, coarse: boolean): readonly Item[] | undefined {
  const { tokens, issues } = file;
  if (issues.some(({ rule }) => UNCERTAIN.has(rule))) return undefined;
  const reader = new ItemReader(tokens, coarse);
  let items: readonly Item[] = reader.statements(file.items, 0, tokens.length);
  for (const { start } of issues) {
    const marked = reader.keep(items, tokens.at(start));
    if (marked === undefined) return undefined;
    items = marked;
  }
  return items;
}

class ItemReader {
  constructor(
    private readonly tokens: TokenList,
    private readonly coarse: boolean,
  ) {}

  /** Statements between two tokens; what the parser skipped among them becomes part of one, or one of its own. */
  statements(nodes: readonly Node[], from: number, to: number): Item[] {
    const items: Item[] = [];
    let at = from;
    for (const node of nodes) {
      const item = this.item(node);
      this.skipped(items, at, item.first);
      items.push(item);
      at = item.last + 1;
    }
    this.skipped(items, at, to);
    return items;
  }

  /** The items, with the innermost statement that holds a token marked as kept. */
  keep(items: readonly Item[], token: number): readonly Item[] | undefined {
    const index = items.findIndex(({ first, last }) => first <= token && token <= last);
    const item = items[index];
    if (item === undefined) return undefined;
    const { block } = item;
    const inside =
      block?.kind === "statements" && !this.coarse && !item.kept ? this.keep(block.items, token) : undefined;
    return items.with(
      index,
      block && inside ? { ...item, block: { ...block, items: inside } } : { ...item, kept: true },
    );
  }

  private item(node: Node): Item {
    const first = this.tokens.at(node.start);
    const last = this.tokens.at(node.end - 1);
    const flag = node.kind === "property" && node.value === undefined;
    const inside = insideOf(node);
    const open = inside && this.openBrace(first, last, inside.from);
    if (inside === undefined || open === undefined) {
      return { first, last, kept: node.kind === "misplaced", flag, block: undefined };
    }
    const close = this.tokens.at(inside.end - 1);
    const { kind, nodes } = inside;
    const items =
      kind === "statements" ? this.statements(nodes, open + 1, close) : this.listed(nodes, open + 1, close);
    const sure = items !== undefined && this.isMark(close, Punctuation.closeBrace);
    return { first, last, kept: !sure, flag, block: sure ? { kind, open, close, items } : undefined };
  }

  /** Properties, members or steps of a body, each with the comma behind it; `undefined` when more is there. */
  private listed(nodes: readonly Node[], from: number, to: number): Item[] | undefined {
    const items: Item[] = [];
    let at = from;
    for (const node of nodes) {
      const item = this.item(node);
      if (!this.commas(items, at, item.first)) return undefined;
      items.push(item);
      at = item.last + 1;
    }
    return this.commas(items, at, to) ? items : undefined;
  }

  private commas(items: Item[], from: number, to: number): boolean {
    for (let at = from; at < to; at++) {
      if (this.isTrivia(at)) continue;
      const before = items.pop();
      if (before === undefined || !this.isMark(at, Punctuation.comma)) return false;
      items.push({ ...before, last: at });
    }
    return true;
  }

  /** Takes tokens that belong to no statement: behind one on its line they are its rest. */
  private skipped(items: Item[], from: number, to: number): void {
    let first = from;
    while (first < to && this.isTrivia(first)) first++;
    if (first >= to) return;
    let last = to - 1;
    while (this.isTrivia(last)) last--;
    const before = items.at(-1);
    const glued = before !== undefined && !this.breaksLine(before.last + 1, first);
    if (glued) items.pop();
    items.push({ first: glued ? before.first : first, last, kept: true, flag: false, block: undefined });
  }

  /** @param from offset before which no brace is meant */
  private openBrace(first: number, last: number, from = 0): number | undefined {
    for (let at = Math.max(first, this.tokens.at(from)); at <= last; at++)
      if (this.isMark(at, Punctuation.openBrace)) return at;
    return undefined;
  }

  private isMark(at: number, mark: Punctuation): boolean {
    return this.tokens.kind(at) === TokenKind.punctuation && this.tokens.detail(at) === mark;
  }

  private isTrivia(at: number): boolean {
    return this.tokens.kind(at) <= TokenKind.blockComment;
  }

  private breaksLine(from: number, to: number): boolean {
    return /[\r\n]/.test(this.tokens.text.slice(this.tokens.start(from), this.tokens.start(to)));
  }
}

/** What a statement holds in braces, and where these end; `undefined` for one that has none. */
function insideOf(node: Node):
  | {
      readonly kind: Block["kind"];
      readonly nodes: readonly Node[];
      readonly end: number;
      readonly from?: number;
    }
  | undefined {
  const { end } = node;
  switch (node.kind) {
    case "guest":
    case "native":
      return { kind: "statements", nodes: node.items, end };
    case "scenario":
      return { kind: "statements", nodes: node.steps, end };
    case "ioasid":
    case "object":
    case "bind-table":
      // The braces of the data of a nested table stand before those of its body.
      return (
        node.body && {
          kind: "body",
          nodes: node.body.steps,
          end: node.body.end,
          from: node.body.start,
        }
      );
    case "group":
      return { kind: "names", nodes: node.members, end };
    case "uapi":
    case "iommu":
    case "cpu":
    case "pdev":
    case "mdev":
    case "process":
    case "viommu":
      return { kind: "properties", nodes: node.properties, end };
    default:
      return undefined;
  }
}
