import { type MarkupContent, MarkupKind } from "vscode-languageserver";
import { type Block, plainText, safeMarkdownText } from "../../engine/report/index.js";
import type { Client } from "./context.js";

/** How the services write a link to the page of a rule. */
const RULE_LINK = /\[([^\]]+)\]\(rule:(\w+)\)/g;

/**
 * An explanation in the form that the client shows: Markdown, or plain text where it takes no Markdown.
 * @param formats those that it takes in this place, by default those of hovers
 */
export function markupOf(
  blocks: readonly Block[],
  { capabilities, form }: Client,
  formats: readonly MarkupKind[] = capabilities.textDocument?.hover?.contentFormat ?? [],
): MarkupContent {
  if (!formats.includes(MarkupKind.Markdown)) return { kind: MarkupKind.PlainText, value: plainText(blocks) };
  const { rulePage } = form;
  const value = safeMarkdownText(blocks).replace(RULE_LINK, (_, text: string, code: string) =>
    rulePage ? `[${text}](${rulePage.replace("{code}", code)})` : text,
  );
  return { kind: MarkupKind.Markdown, value };
}
