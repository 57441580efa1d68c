import type { Analysis, RunResult } from "../language/index.js";

/**
 * One root file as an editor knows it: compiled with its imports, and run. Every feature is a plain function
 * over a view, a file of it (the root file or an import) and an offset in UTF-16 units.
 */
export interface View {
  readonly analysis: Analysis;
  /** The whole run of `analysis.program`; `undefined` until it has ended, or when the file is too large to run. */
  readonly result: RunResult | undefined;
}

/** Pieces of text that belong together, from the first unit to the one after the last. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}
