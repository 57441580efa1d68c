import type { Stage } from "../outcome.js";
import type { Origin } from "../platform.js";

/** Keeps the stages of a walk, for inline explanations and for a debugger that stands between two of them. */
export class Recorder {
  readonly stages: Stage[] = [];

  /**
   * @param text a sentence: what was looked up where, and what came of it
   * @param origin statement that decided the stage
   * @param at the index used in a table, and for a page table the level counted from 1 at the leaf
   */
  stage(
    kind: Stage["kind"],
    text: string,
    origin?: Origin,
    at?: { readonly level?: number; readonly index: number },
  ): void {
    this.stages.push({ kind, text, origin, ...at });
  }
}
