import * as vscode from "vscode";
import { LIST_RULES, type RuleTitle } from "../../server/protocol/index.js";
import type { Extension } from "../extension.js";
import { rulePage, showPage } from "../pages.js";

const ICONS: Readonly<Record<RuleTitle["severity"], string>> = {
  error: "$(error)",
  warning: "$(warning)",
  information: "$(info)",
  hint: "$(lightbulb)",
};

/** Explain Rule…: the page of a rule; which one is chosen from a list when none is named. */
export async function explainRule(extension: Extension, code?: unknown): Promise<void> {
  const named = typeof code === "string" ? code.toUpperCase() : await chooseRule(extension);
  if (named !== undefined) await showPage(rulePage(named));
}

async function chooseRule({ server }: Extension): Promise<string | undefined> {
  const items = server.request(LIST_RULES, {}).then((rules) =>
    rules.map(({ code, title, severity }) => ({
      label: `${ICONS[severity]} ${code}`,
      description: title,
      code,
    })),
  );
  const options = {
    title: "Explain Rule",
    placeHolder: "A code such as P003, or words of its title",
    matchOnDescription: true,
  };
  return (await vscode.window.showQuickPick(items, options))?.code;
}
