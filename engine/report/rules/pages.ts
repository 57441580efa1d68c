import { RULES } from "../../language/index.js";
import { type Block, paragraph } from "./blocks.js";
import { categoriesIndex, errnosIndex, rulesIndex } from "./indexes.js";
import { markdownText } from "./markdown.js";
import { rulePage } from "./page.js";

/** Every file of `docs/rules` by its name: a page for each rule, and the indexes. */
export function rulePages(): Map<string, string> {
  const pages = new Map<string, string>([
    ["README.md", markdownText(rulesIndex())],
    ["categories.md", markdownText(categoriesIndex())],
    ["errnos.md", markdownText(errnosIndex())],
  ]);
  for (const rule of RULES.values()) pages.set(`${rule.id}.md`, markdownText([...rulePage(rule), FOOT]));
  return pages;
}

const FOOT: Block = paragraph(
  "[All rules](README.md) · [by errno and call](errnos.md) · [by device category](categories.md)",
);
