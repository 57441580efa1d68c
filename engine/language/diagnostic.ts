import type { Errno } from "../simulator/index.js";
import type { Span } from "./program.js";
import type { Facts } from "./rules/rule.js";

export type Severity = "error" | "warning" | "information" | "hint";

/** Something to tell a person about a place in a file. */
export interface Diagnostic {
  /** P001…, C001…, U001…, S001…: a file of that name in `engine/language/rules` has the words. */
  readonly code: string;
  readonly severity: Severity;
  /** What the call answered, where it was refused with an errno. */
  readonly errno?: Errno;
  /** A sentence with the actual names and numbers in it. */
  readonly message: string;
  readonly span: Span;
  readonly related: readonly { readonly span: Span; readonly message: string }[];
  /** Title of the scenario in which it was seen; `undefined` for the start state and static checks. */
  readonly scenario?: string;
  /** What the rule's words and fixes were made of: its own kind of facts; absent where no rule has the code. */
  readonly facts?: Facts;
  /** `allow`, a stated outcome or an earlier refusal made it less than its rule says; no level raises it again. */
  readonly lowered?: true;
}
