import type { Diagnostic, Severity } from "../diagnostic.js";
import type { Span } from "../program.js";
import { type Description, describeCase, describeFailure, type Facts, RULES } from "../rules/index.js";

/** Code of the diagnostic that stands for a rule which failed at its own work. */
const INTERNAL_ERROR = "S069";

/** Whether a diagnostic says that a rule failed at its own work, and so nothing of the file. */
export function isInternalError({ code }: Diagnostic): boolean {
  return code === INTERNAL_ERROR;
}

/** Whether a rule is one of the parser, which finds what is wrong from a text alone. */
export function isSyntaxRule(code: string): boolean {
  return code >= "S001" && code < "S040";
}

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
  const hasFailed = said.code !== code;
  return {
    code: said.code,
    severity: hasFailed ? said.severity : (severity ?? said.severity),
    message: wordsOf(said),
    span,
    related,
    ...(!hasFailed && { facts }),
  };
}

/** The same for a person who knows of it: by `allow`, by a stated outcome, or by the refusal that it follows from. */
export function lowered(diagnostic: Diagnostic, severity: Severity): Diagnostic {
  return isInternalError(diagnostic) ? diagnostic : { ...diagnostic, severity, lowered: true };
}

/** Stands for the findings of a rule that threw while it looked for them. */
export function failureOf(rule: string, error: unknown, span: Span): Diagnostic {
  const said = describeFailure(rule, error);
  return { code: said.code, severity: said.severity, message: wordsOf(said), span, related: [] };
}

function wordsOf({ message, help }: Description): string {
  return [message, help].filter((part) => part !== "").join(" ");
}

/** Nobody reads more than this; one more then says that there are others. */
export const MISTAKE_LIMIT = 1000;

/** Collects what a compilation has to say. */
export class Reporter {
  readonly diagnostics: Diagnostic[] = [];
  private left = MISTAKE_LIMIT;

  /** One that goes on from here, of which this one hears nothing. */
  fork(): Reporter {
    const reporter = new Reporter();
    reporter.diagnostics.push(...this.diagnostics);
    reporter.left = this.left;
    return reporter;
  }

  /** Adds what is said already: the parser bounds its own list. */
  add(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic);
  }

  /** One case of a rule about names, values or shapes; those past the limit are not listed. */
  report(code: string, facts: Facts, span: Span, related: readonly Place[] = []): void {
    if (this.left > 0) this.add(diagnosticOf(code, facts, span, related));
    else if (this.left === 0) this.add(diagnosticOf("S062", { limit: MISTAKE_LIMIT }, span, []));
    this.left -= 1;
  }
}
