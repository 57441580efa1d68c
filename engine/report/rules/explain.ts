import { RULES } from "../../language/index.js";
import type { Style } from "../text/style.js";
import { rulesList } from "./indexes.js";
import { rulePage } from "./page.js";
import { PAGE_WIDTH, terminalText } from "./terminal.js";

/**
 * The page of a rule for a terminal, as `ioasid explain` prints it.
 * @param id of the rule, in any case of letters
 * @returns `undefined` when there is no such rule
 */
export function explainText(id: string, style: Style): string | undefined {
  const rule = RULES.get(id.toUpperCase());
  return rule && terminalText(rulePage(rule), style, PAGE_WIDTH);
}

/** All rules in one table for each family, as `ioasid explain` prints them when it is given none. */
export function explainList(style: Style): string {
  return terminalText(rulesList(), style, PAGE_WIDTH);
}
