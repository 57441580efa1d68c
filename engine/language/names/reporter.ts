import type { Diagnostic } from "../diagnostic.js";
import type { Span } from "../program.js";
import { type Facts, RULES } from "../rules/index.js";

/** Another place that has to do with a diagnostic. */
export type Place = Diagnostic["related"][number];

/** Collects what a compilation has to say; the words come from the rules. */
export class Reporter {
  readonly diagnostics: Diagnostic[] = [];

  report(code: string, facts: Facts, span: Span, related: readonly Place[] = []): void {
    const rule = RULES.get(code);
    const severity = rule?.severityOf?.(facts) ?? rule?.severity ?? "error";
    const message = rule
      ? [rule.message(facts), rule.help(facts)].filter(Boolean).join(" ")
      : `Rule ${code} is not met.`;
    this.diagnostics.push({ code, severity, message, span, related });
  }
}
