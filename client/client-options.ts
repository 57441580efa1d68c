import type * as vscode from "vscode";
import type { ErrorHandler, LanguageClientOptions } from "vscode-languageclient";
import { COMMANDS, type StartOptions } from "../server/protocol/index.js";
import { LANGUAGE } from "./language-server.js";

/** What the client tells every language server, wherever it runs. */
export function clientOptions(
  log: vscode.LogOutputChannel,
  traceOutputChannel: vscode.LogOutputChannel,
  errorHandler: ErrorHandler,
): LanguageClientOptions {
  const options: StartOptions = {
    rulePage: `command:${COMMANDS.explainRule}?${encodeURIComponent('["')}{code}${encodeURIComponent('"]')}`,
    files: true,
    commands: true,
  };
  return {
    documentSelector: [{ language: LANGUAGE }],
    initializationOptions: options,
    outputChannel: log,
    traceOutputChannel,
    errorHandler,
    diagnosticPullOptions: { onChange: true, onTabs: true },
  };
}
