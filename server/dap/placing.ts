import { Source } from "@vscode/debugadapter";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Program, Span, Step } from "../../engine/language/index.js";
import { Places } from "../../engine/report/index.js";
import type { RangeIn } from "../protocol/index.js";
import type { LoadedProgram } from "./program-source.js";
import { uriOf } from "./uris.js";

/** How a client counts lines and columns: from 1, unless it said otherwise. */
export interface Counting {
  readonly line: 0 | 1;
  readonly column: 0 | 1;
}

/** What a frame says of its place. */
export type FramePlace = Pick<
  DebugProtocol.StackFrame,
  "source" | "line" | "column" | "endLine" | "endColumn"
>;

/** Turns places of a program into what a client shows, and back. */
export class Placing {
  private readonly places: Places;

  constructor(
    private readonly loaded: LoadedProgram,
    private readonly counting: Counting,
  ) {
    this.places = new Places(loaded.analysis.program);
  }

  source(file: string): Source {
    return new Source(file.split("/").at(-1) ?? file, this.loaded.pathOf(file));
  }

  /** Source, line and column of a piece of text, with its end. */
  range(span: Span): FramePlace {
    const [start, end] = [this.places.startOf(span), this.places.endOf(span)];
    const { line, column } = this.counting;
    return {
      source: this.source(this.places.written(span).file),
      line: start.line + line,
      column: start.character + column,
      endLine: end.line + line,
      endColumn: end.character + column,
    };
  }

  /** The place of a piece of text as views want it. */
  rangeIn(span: Span): RangeIn {
    const [start, end] = [this.places.startOf(span), this.places.endOf(span)];
    return { uri: uriOf(this.loaded.pathOf(this.places.written(span).file)), range: { start, end } };
  }

  /** Whether a step was written in a line of a file. @param line as the client counts */
  isAt({ span }: Step, file: string, line: number): boolean {
    return this.lineIn(file, span) === line;
  }

  /** The client's line of a piece of text when it was written in a file. */
  private lineIn(file: string, span: Span): number | undefined {
    if (this.places.written(span).file !== file) return undefined;
    return this.places.startOf(span).line + this.counting.line;
  }

  /**
   * The line of the nearest statement at or below a line, else the last one above: where a breakpoint goes.
   * @param line as the client counts
   * @returns `undefined` in a file without statements
   */
  nearestLine(file: string, line: number): number | undefined {
    const lines = this.linesOf(file);
    const below = lines.filter((each) => each >= line);
    if (below.length > 0) return Math.min(...below);
    return lines.length === 0 ? undefined : Math.max(...lines);
  }

  /** Lines of all statements of a file within some lines, ascending. */
  linesWithin(file: string, first: number, last: number): number[] {
    const lines = this.linesOf(file).filter((line) => line >= first && line <= last);
    return [...new Set(lines)].sort((a, b) => a - b);
  }

  private linesOf(file: string): number[] {
    return statementsOf(this.loaded.analysis.program).flatMap(({ span }) => this.lineIn(file, span) ?? []);
  }
}

/** Every statement that runs, those of the start state first. */
export function statementsOf({ start, scenarios }: Program): Step[] {
  return [...start, ...scenarios.flatMap(({ steps }) => steps)];
}
