import type { Device, Platform } from "../../simulator/index.js";
import type { Diagnostic } from "../diagnostic.js";
import type { Analysis } from "../lowering/analysis.js";
import type { Span } from "../program.js";
import { type At, type Node, nodesAt, type Step } from "../syntax/index.js";
import type { Edit } from "./fix.js";
import * as layout from "./layout.js";
import { type Placed, statementsOf } from "./statements.js";

/** A step of one kind. */
export type PlacedAs<K extends Step["kind"]> = Placed & { readonly node: Extract<Step, { kind: K }> };

/** The place of a finding, for the fixes of its rule: what stands there and around it, and how to edit it. */
export class Site {
  constructor(
    readonly diagnostic: Diagnostic,
    readonly analysis: Analysis,
  ) {}

  get span(): Span {
    return this.diagnostic.span;
  }

  get platform(): Platform {
    return this.analysis.program.platform;
  }

  /** The statement that the finding is about, if it is one of these kinds. */
  statement<K extends Step["kind"]>(...kinds: readonly K[]): PlacedAs<K> | undefined {
    return this.at(this.span, ...kinds);
  }

  /** The statement that begins where a span does. */
  at<K extends Step["kind"]>({ file, start }: Span, ...kinds: readonly K[]): PlacedAs<K> | undefined {
    const found = this.inFile(file)?.byStart.get(start);
    return found && isOneOf(found, kinds) ? found : undefined;
  }

  /** The innermost node of a kind that holds the first unit of the finding's place. */
  node<K extends Node["kind"]>(kind: K): Extract<Node, { kind: K }> | undefined {
    const tree = this.analysis.trees.get(this.span.file);
    const found = tree && nodesAt(tree, this.span.start).findLast((node) => node.kind === kind);
    return found as Extract<Node, { kind: K }> | undefined;
  }

  /** The statements that the finding points to beside its own, of these kinds. */
  related<K extends Step["kind"]>(...kinds: readonly K[]): PlacedAs<K>[] {
    return this.diagnostic.related.flatMap(({ span }) => this.at(span, ...kinds) ?? []);
  }

  /** Every statement of the program of these kinds: the root file first, each file from top to bottom. */
  all<K extends Step["kind"]>(...kinds: readonly K[]): PlacedAs<K>[] {
    const found: PlacedAs<K>[] = [];
    for (const file of this.analysis.trees.keys()) {
      for (const placed of this.inFile(file)?.all ?? []) if (isOneOf(placed, kinds)) found.push(placed);
    }
    return found;
  }

  /** The first statement of a kind further down in the same block that meets a condition. */
  later<K extends Step["kind"]>(
    from: Placed,
    kind: K,
    meets: (node: Extract<Step, { kind: K }>) => boolean,
  ): PlacedAs<K> | undefined {
    for (const placed of this.inFile(from.file)?.all ?? []) {
      if (placed.block !== from.block || placed.node.start <= from.node.start) continue;
      if (isOneOf(placed, [kind]) && meets(placed.node)) return placed;
    }
    return undefined;
  }

  device(name: string): Device | undefined {
    return this.platform.devices.find((device) => device.name === name);
  }

  /** The text of a piece of a file. */
  text({ file, start, end }: Span): string {
    return this.source(file).slice(start, end);
  }

  source(file: string): string {
    return this.analysis.program.sources.get(file) ?? "";
  }

  /** A statement as it is written. */
  words({ file, node: { start, end } }: Placed): string {
    return this.text({ file, start, end });
  }

  /** A statement as a title calls it. */
  name(placed: Placed): string {
    return headOf(this.words(placed));
  }

  before({ file, node }: Placed, statement: string): Edit {
    return { file, ...layout.before(this.source(file), node, statement) };
  }

  after({ file, node }: Placed, statement: string): Edit {
    return { file, ...layout.after(this.source(file), node, statement) };
  }

  remove({ file, node }: Placed): Edit {
    return { file, ...layout.without(this.source(file), node) };
  }

  /** Like `before`, at any node of a file. */
  beforeAt(file: string, at: At, words: string): Edit {
    return { file, ...layout.before(this.source(file), at, words) };
  }

  /** Like `remove`, for any piece of text. */
  removeLine({ file, start, end }: Span): Edit {
    return { file, ...layout.without(this.source(file), { start, end }) };
  }

  removePart(file: string, at: At): Edit {
    return { file, ...layout.withoutPart(this.source(file), at) };
  }

  replace(file: string, { start, end }: At, text: string): Edit {
    return { file, start, end, text };
  }

  /** The whole place of the finding written anew. */
  instead(text: string): Edit {
    return { ...this.span, text };
  }

  private inFile(file: string) {
    const tree = this.analysis.trees.get(file);
    return tree && statementsOf(file, tree);
  }
}

/** The first line of a statement without its outcome, short enough for a title. */
export function headOf(words: string): string {
  const line = words.split(/\s*(?:\n|=>)/, 1)[0]!;
  return line.length > 50 ? `${line.slice(0, 49)}…` : line;
}

function isOneOf<K extends Step["kind"]>(placed: Placed, kinds: readonly K[]): placed is PlacedAs<K> {
  return (kinds as readonly string[]).includes(placed.node.kind);
}
