import type { Severity } from "../diagnostic.js";
import type { Rule } from "./rule.js";
import { type InternalError, rule as S069 } from "./S069-internal-error.js";

/** What is said of one case of a rule. */
export interface Description {
  /** Id of the rule, which is also the code of its diagnostic; S069 where the rule failed at its work. */
  readonly code: string;
  readonly severity: Severity;
  /** What was asked and why it is refused. */
  readonly message: string;
  /** What would work. */
  readonly help: string;
}

/**
 * The words of a rule for one case. A rule that throws is told as what it is, so that no other finding is
 * lost with it.
 * @param facts what the place that found the case knows of it
 */
export function describeCase<A>(rule: Rule<A>, facts: A): Description {
  try {
    return wordsOf(rule, facts);
  } catch (error) {
    return describeFailure(rule.id, error);
  }
}

/** The words for a rule whose check or words threw. @param error what it threw */
export function describeFailure(rule: string, error: unknown): Description {
  return wordsOf<InternalError>(S069, { rule, problem: firstLine(error) });
}

function wordsOf<A>(rule: Rule<A>, facts: A): Description {
  return {
    code: rule.id,
    severity: rule.severityOf?.(facts) ?? rule.severity,
    message: rule.message(facts),
    help: rule.help(facts),
  };
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : `${error}`;
  return text.split("\n", 1)[0]!;
}
