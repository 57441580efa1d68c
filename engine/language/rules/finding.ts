import type { Diagnostic } from "../diagnostic.js";
import type { Span } from "../program.js";
import { describeCase, describeFailure } from "./describe.js";
import type { Facts, Rule } from "./rule.js";

/** One case of a rule that no call shows, in its words. */
export function findingOf<A extends Facts>(
  rule: Rule<A>,
  facts: A,
  span: Span,
  related: Diagnostic["related"] = [],
): Diagnostic {
  const { code, severity, message, help } = describeCase(rule, facts);
  return {
    code,
    severity,
    message: `${message} ${help}`,
    span,
    related,
    ...(code === rule.id && { facts }),
  };
}

/** What one rule finds; when it fails at that, this is told, and the others still look. */
export function findingsBy(
  id: string,
  file: string,
  find: () => Iterable<Diagnostic>,
): readonly Diagnostic[] {
  try {
    return [...find()];
  } catch (error) {
    const { code, severity, message, help } = describeFailure(id, error);
    return [{ code, severity, message: `${message} ${help}`, span: { file, start: 0, end: 0 }, related: [] }];
  }
}
