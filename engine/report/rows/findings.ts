import { type Diagnostic, describeCase, RULES, type Severity, type Span } from "../../language/index.js";
import { plural } from "../names.js";
import type { Places } from "../places.js";

/** Something that was found, in the words of its rule. */
export interface FindingRow {
  readonly severity: Severity;
  /** The severity as a person reads it. */
  readonly label: string;
  readonly code: string;
  /** Title of the rule; empty where no rule has the code. */
  readonly title: string;
  readonly span: Span;
  readonly scenario: string | undefined;
  /** What is wrong. */
  readonly message: string;
  /** What would work; `undefined` where the message says all. */
  readonly help: string | undefined;
  readonly related: Diagnostic["related"];
}

const RANKS: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };
const LABELS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "info",
  hint: "hint",
};

/**
 * What a person needs to read, the worst first: everything but hints, which only say that a stated outcome
 * came about.
 */
export function worthReading(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics
    .filter(({ severity }) => severity !== "hint")
    .sort((a, b) => RANKS[a.severity] - RANKS[b.severity]);
}

export function findingRow(diagnostic: Diagnostic): FindingRow {
  const { severity, code, span, related, scenario, message } = diagnostic;
  const help = helpOf(diagnostic);
  return {
    severity,
    label: LABELS[severity],
    code,
    title: RULES.get(code)?.title ?? "",
    span,
    scenario,
    message: help === undefined ? message : message.slice(0, -help.length - 1),
    help,
    related,
  };
}

/** A message ends with what would work; the two are told apart by asking the rule again. */
function helpOf({ code, message, facts }: Diagnostic): string | undefined {
  const rule = RULES.get(code);
  const help = rule && facts ? describeCase(rule, facts).help : "";
  return help !== "" && message.endsWith(` ${help}`) ? help : undefined;
}

/** `2 errors, 1 warning`; empty where there is nothing to read. */
export function severityCounts(diagnostics: readonly Pick<Diagnostic, "severity">[]): string {
  const count = (severity: Severity) => diagnostics.filter((each) => each.severity === severity).length;
  const parts = [
    { number: count("error"), text: plural(count("error"), "error") },
    { number: count("warning"), text: plural(count("warning"), "warning") },
    { number: count("information"), text: plural(count("information"), "note") },
  ];
  return parts
    .filter(({ number }) => number > 0)
    .map(({ text }) => text)
    .join(", ");
}

/** `file:line:column`, both from 1, as every terminal and editor can open it. */
export function placeText(places: Places, span: Span): string {
  const { line, character } = places.startOf(span);
  return `${span.file}:${line + 1}:${character + 1}`;
}
