import type { Diagnostic, Edit } from "../../language/index.js";

/** What an action is for, from the general to the particular, with dots between. */
export type ActionKind =
  | "quickfix"
  | "refactor.extract"
  | "refactor.inline"
  | "refactor.rewrite"
  | "source.fixAll.ioasid";

export interface ActionEdit extends Edit {
  /** Offset in `text` at which the author goes on writing. */
  readonly caret?: number;
}

/** Something that an editor offers to do with a file. */
export interface Action {
  /** As an editor shows it: "Attach nic to gpa first". */
  readonly title: string;
  readonly kind: ActionKind;
  /** The one answer that chooses nothing for the author. */
  readonly preferred: boolean;
  /** The findings that it answers. */
  readonly resolves: readonly Diagnostic[];
  /** In text order within each file; no two of them overlap. */
  readonly edits: readonly ActionEdit[];
  /** Files that have to be made first, with nothing in them. */
  readonly creates?: readonly string[];
}

/** A change of the text that no finding asks for. */
export function refactoring(
  kind: Extract<ActionKind, `refactor.${string}`>,
  title: string,
  ...edits: readonly ActionEdit[]
): Action {
  return { title, kind, preferred: false, resolves: [], edits };
}
