import type { Diagnostic, Severity } from "../diagnostic.js";
import type { Span } from "../program.js";
import { describeCase, type Facts, RULES } from "../rules/index.js";

/** Another place that has to do with a diagnostic. */
export type Place = Diagnostic["related"][number];

/**
 * One case of a rule at a place, in the words of the rule: what is wrong, then what would work.
 * @param code id of the rule; an id without a rule still gives a diagnostic
 * @param severity instead of the rule's own
 */
export function diagnosticOf(
  code: string,
  facts: Facts,
  span: Span,
  related: readonly Place[],
  severity?: Severity,
): Diagnostic {
  const rule = RULES.get(code);
  if (!rule)
    return { code, severity: severity ?? "error", message: `Rule ${code} is not met.`, span, related };
  const said = describeCase(rule, facts);
  const message = [said.message, said.help].filter((part) => part !== "").join(" ");
  return { code, severity: severity ?? said.severity, message, span, related };
}

/** Collects what a compilation has to say. */
export class Reporter {
  readonly diagnostics: Diagnostic[] = [];

  report(code: string, facts: Facts, span: Span, related: readonly Place[] = []): void {
    this.diagnostics.push(diagnosticOf(code, facts, span, related));
  }
}
