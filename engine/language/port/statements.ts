import type { Analysis } from "../lowering/analysis.js";
import type { Step as StepNode } from "../syntax/index.js";
import type { Counterpart } from "./counterparts.js";
import type { Line, Part, Piece, Role } from "./draft.js";
import { lacking, type PortFinding } from "./finding.js";
import { edited } from "./text.js";
import type { Visit, Visitor } from "./walk.js";

/** A place in the text that is ported. */
export interface At {
  readonly start: number;
  readonly end: number;
}

/** A text in the place of a node. */
export type Edit = readonly [At, string];

/** What every port does with statements: keep them, rewrite them, or turn them into comments. */
export abstract class Statements implements Visitor {
  readonly pieces: Piece[] = [];
  readonly findings: PortFinding[] = [];
  protected readonly source: string;
  protected parts: Part[] = [];
  protected whole: Line | undefined;

  constructor(protected readonly analysis: Analysis) {
    const { program } = analysis;
    this.source = program.sources.get(program.file)!;
  }

  abstract scenario(): () => void;
  abstract step(visit: Visit): undefined;
  /** Every statement was seen. */
  abstract finish(): void;

  begin(_node: StepNode): undefined {
    this.parts = [];
    this.whole = undefined;
  }

  end({ start, end }: StepNode): undefined {
    const { parts, whole } = this;
    this.pieces.push({ start, end, parts, whole });
  }

  protected keep(role: Role, visit: Visit, edits: readonly Edit[] = [], migrated = false): undefined {
    this.parts.push({ ...this.line(role, this.split(visit.node, edits).text, visit), migrated });
  }

  protected line(role: Role, text: string, { node, result }: Visit): Line {
    return { role, text, outcome: this.split(node).outcome, original: result, migrated: false };
  }

  /** A call that the new interface needs besides. */
  protected make(text: string): undefined {
    this.parts.push({ role: "made", text, outcome: "", original: undefined, migrated: false });
  }

  /** A statement without its outcome, and the outcome with the blanks before it. */
  protected split(
    { start, end, outcome }: StepNode,
    edits: readonly Edit[] = [],
  ): { readonly text: string; readonly outcome: string } {
    const head = this.source.slice(start, outcome?.start ?? end).trimEnd();
    const middle = start + head.length;
    return {
      text: edited(this.source, { start, end: middle }, edits),
      outcome: outcome ? this.source.slice(middle, end) : "",
    };
  }

  /** The statement becomes a comment, for it has no counterpart. */
  protected comment(node: StepNode, counterpart: Counterpart): undefined {
    this.whole = undefined;
    this.parts.push({ comment: this.textOf(node) });
    this.findings.push(lacking(node, counterpart));
  }

  protected textOf({ start, end }: At): string {
    return this.source.slice(start, end);
  }
}
