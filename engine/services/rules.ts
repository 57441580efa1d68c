import { RULES, type Severity } from "../language/index.js";

/** A rule in a list to choose from. */
export interface RuleTitle {
  readonly code: string;
  /** A short noun phrase. */
  readonly title: string;
  readonly severity: Severity;
}

/** Every rule in the order of the families. */
export function ruleTitles(): RuleTitle[] {
  return [...RULES.values()].map(({ id, title, severity }) => ({ code: id, title, severity }));
}
