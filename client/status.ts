import * as vscode from "vscode";
import { COMMANDS, STATUS, type Status } from "../server/protocol/index.js";
import type { Extension } from "./extension.js";
import { LANGUAGE } from "./language-server.js";
import { statusText } from "./status-text.js";

/** The item of the status bar: what the server does and what it has found, while a configuration is in sight. */
export function registerStatus({ server }: Extension): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("ioasid.status", vscode.StatusBarAlignment.Left, -10);
  item.name = "IOASID";
  item.command = COMMANDS.showOutput;
  let status: Status | undefined;
  let hasStarted = false;
  const show = (): void => {
    const { text, tooltip, look } = statusText(status, server.isRunning || !hasStarted);
    item.text = text;
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: `IOASID. ${tooltip.replaceAll("\n", " ")}` };
    item.backgroundColor =
      look === "plain" ? undefined : new vscode.ThemeColor(`statusBarItem.${look}Background`);
    const isInSight = vscode.window.visibleTextEditors.some(
      ({ document }) => document.languageId === LANGUAGE,
    );
    if (isInSight) item.show();
    else item.hide();
  };
  show();
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeVisibleTextEditors(show),
    server.onNotification<Status>(STATUS, (told) => {
      status = told;
      show();
    }),
    server.onDidChangeState((isRunning) => {
      hasStarted ||= isRunning;
      status = undefined;
      show();
    }),
  );
}
