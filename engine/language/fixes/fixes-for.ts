import type { Diagnostic } from "../diagnostic.js";
import type { Analysis } from "../lowering/analysis.js";
import { failureOf } from "../names/reporter.js";
import { RULES } from "../rules/index.js";
import type { Fix } from "./fix.js";
import { Site } from "./site.js";

/**
 * What would put a finding right, the best first: text edits that a host applies as they are. None where
 * the author knows already (a hint), where an `allow` asks for the damage, or where the finding only
 * follows from another one.
 * @param diagnostic of the compilation or of a run of `analysis.program`
 * @param failures takes the internal error of a rule that fails at its own work (S069); it then has no fixes
 */
export function fixesFor(
  diagnostic: Diagnostic,
  analysis: Analysis,
  failures?: Diagnostic[],
): readonly Fix[] {
  const rule = RULES.get(diagnostic.code);
  if (!rule?.fixes || !diagnostic.facts || diagnostic.lowered || diagnostic.severity === "hint") return [];
  try {
    return rule.fixes(diagnostic.facts, new Site(diagnostic, analysis));
  } catch (error) {
    failures?.push(failureOf(rule.id, error, diagnostic.span));
    return [];
  }
}
