import { describeRefusal, RULES } from "../../language/index.js";
import { type Block, paragraph, paragraphs } from "../../report/index.js";
import type { Refusal } from "../../simulator/index.js";

/** A rule by its name, and what it says of the case. */
export function refusalBlocks(refusal: Refusal): Block[] {
  const { message, help } = describeRefusal(refusal);
  const title = RULES.get(refusal.rule)?.title ?? "";
  return [paragraph(`${ruleLink(refusal.rule)}: ${title}`), paragraph(`${message} ${help}`)];
}

/** The id of a rule with a link to its page, for which an editor has to know the address. */
export function ruleLink(id: string): string {
  return `[${id}](rule:${id})`;
}

/** A rule by its name, how bad it is, and why it exists in a few sentences. */
export function ruleBlocks(id: string): Block[] {
  const rule = RULES.get(id);
  if (!rule) return [];
  const errno = rule.errno ? `, ${rule.errno.join(" or ")}` : "";
  const severity = rule.severity === "information" ? "note" : rule.severity;
  return [
    paragraph(`${ruleLink(id)}: ${rule.title} (${severity}${errno})`),
    ...paragraphs(rule.explanation).slice(0, 1),
  ];
}
