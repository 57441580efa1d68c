import * as vscode from "vscode";
import { COMMANDS, DEBUG_STALE } from "../../server/protocol/index.js";
import { neededFile } from "../commands/asked.js";
import { titleAtCursor } from "../commands/run.js";
import type { Extension } from "../extension.js";
import { registerCommand } from "../register-command.js";
import { Configurations, DEBUG_TYPE, debugConfiguration, tools } from "./configuration.js";
import { registerDebugViewsLater } from "./later.js";

/** The debugger's place in the editor: F5, the lens above a scenario, and the command behind it. */
export function registerDebugging(extension: Extension): vscode.Disposable {
  const { log, selected } = extension;
  const configurations = new Configurations();
  const { Initial, Dynamic } = vscode.DebugConfigurationProviderTriggerKind;
  let hovers: vscode.Disposable | undefined;
  return vscode.Disposable.from(
    registerDebugViewsLater(extension),
    vscode.debug.onDidStartDebugSession(async ({ type }) => {
      if (type === DEBUG_TYPE) hovers ??= (await tools()).registerHovers();
    }),
    { dispose: () => hovers?.dispose() },
    vscode.debug.onDidReceiveDebugSessionCustomEvent(async ({ session, event, body }) => {
      if (session.type === DEBUG_TYPE && event === DEBUG_STALE) (await tools()).offerRestart(session, body);
    }),
    registerCommand(log, "ioasidDebug.saveScenario", async () => (await tools()).saveScenario(selected)),
    registerCommand(log, "ioasidDebug.copyTrace", async () => (await tools()).copyTrace(selected, "text")),
    registerCommand(log, "ioasidDebug.copyTraceJson", async () =>
      (await tools()).copyTrace(selected, "json"),
    ),
    vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, configurations, Initial),
    vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, configurations, Dynamic),
    registerCommand(log, COMMANDS.debugScenario, async (given?: unknown, title?: unknown) => {
      const uri = neededFile(given);
      const scenario = typeof title === "string" ? title : await titleAtCursor(extension, uri);
      const folder = vscode.workspace.getWorkspaceFolder(uri);
      await vscode.debug.startDebugging(folder, debugConfiguration(uri, scenario));
    }),
  );
}
