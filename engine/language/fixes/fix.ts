import type { Span } from "../program.js";

/** A piece of a file and what stands there afterwards; `start` and `end` equal for an insertion. */
export interface Edit extends Span {
  readonly text: string;
}

/** One way to put a finding right. */
export interface Fix {
  /** What it does, as an editor shows it: "Attach nic to gpa first". */
  readonly title: string;
  /**
   * Nothing is chosen for the author: everything else that the file says keeps its meaning, and no number,
   * name or capability is made up. `ioasid check --fix` applies these without asking.
   */
  readonly safe: boolean;
  /** In text order within each file; no two of them overlap. */
  readonly edits: readonly Edit[];
}

/** A fix that chooses nothing for the author. */
export function safeFix(title: string, ...edits: readonly Edit[]): Fix {
  return { title, safe: true, edits: inOrder(edits) };
}

/** A fix that is one of several answers, so that the author has to pick it. */
export function choice(title: string, ...edits: readonly Edit[]): Fix {
  return { title, safe: false, edits: inOrder(edits) };
}

function inOrder(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => (a.file === b.file ? a.start - b.start : a.file < b.file ? -1 : 1));
}
