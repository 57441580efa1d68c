import { callsRefusedBy, pageOf, type Rule, type RulePage } from "../../language/index.js";
import { type Block, heading, paragraph, paragraphs } from "./blocks.js";
import { findingOf } from "./example.js";

/** The page of a rule: what it is, why it exists, an example that meets it and the same done right. */
export function rulePage(rule: Rule): Block[] {
  const finding = findingOf(rule);
  const page = pageOf(rule);
  return [
    heading(1, `${rule.id}: ${rule.title}`),
    facts(rule, page),
    heading(2, "Why"),
    ...paragraphs(rule.explanation),
    heading(2, "An example that meets it"),
    source(page, page.example.raises),
    ...(finding ? [paragraph("`ioasid check` says:"), shown(finding.text)] : []),
    heading(2, "The same, done right"),
    source(page, page.example.avoids),
  ];
}

/** The part of a page that a viewer shows beside a finding: why, where from, and both examples. */
export function ruleHelp(rule: Rule): Block[] {
  const page = pageOf(rule);
  return [
    ...paragraphs(rule.explanation),
    paragraph(`Source: ${page.source}`),
    heading(3, "Meets it"),
    source(page, page.example.raises),
    heading(3, "Done right"),
    source(page, page.example.avoids),
  ];
}

function facts(rule: Rule, page: RulePage): Block {
  const calls = callsRefusedBy(rule.id).map(
    ({ call, errnos }) => `${call.names.join(" or ")} (\`${call.statement}\`): ${errnos.join(", ")}`,
  );
  const rows: [string, string][] = [["Severity", severityText(rule)]];
  if (calls.length > 0) rows.push(["Refuses", calls.join("; ")]);
  if (rule.categories) rows.push(["Categories of devices", rule.categories.join(", ")]);
  rows.push(["Source", page.source]);
  return { kind: "facts", rows };
}

/** What a person reads for a severity: "note" is the word of all outputs for information. */
export function severityText(rule: Rule): string {
  const word = rule.severity === "information" ? "note" : rule.severity;
  return rule.severityOf ? `${word} at worst` : word;
}

/** A file of the language, or the configuration where the rule is about that. */
function source({ example }: RulePage, text: string): Block {
  return { kind: "code", language: example.of === "config" ? "json" : "ioasid", text };
}

function shown(text: string): Block {
  return { kind: "code", language: "text", text };
}
