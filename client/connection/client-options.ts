import * as vscode from "vscode";
import type { ErrorHandler, LanguageClientOptions } from "vscode-languageclient";
import { COMMANDS, type StartOptions } from "../../server/protocol/index.js";
import { LANGUAGE } from "../language-server.js";

/** What the client tells every language server, wherever it runs. */
export function clientOptions(
  extension: vscode.Uri,
  log: vscode.LogOutputChannel,
  traceOutputChannel: vscode.LogOutputChannel,
  errorHandler: ErrorHandler,
): LanguageClientOptions {
  const options: StartOptions = {
    rulePage: `command:${COMMANDS.explainRule}?${encodeURIComponent('["')}{code}${encodeURIComponent('"]')}`,
    files: true,
    assets: vscode.Uri.joinPath(extension, "dist").toString(),
    commands: true,
    debug: true,
  };
  return {
    documentSelector: [{ language: LANGUAGE }],
    initializationOptions: options,
    outputChannel: log,
    traceOutputChannel,
    errorHandler,
    // Texts of the server may hold these links and no others, whatever a configuration says.
    markdown: { isTrusted: { enabledCommands: [COMMANDS.explainRule, COMMANDS.showReport] } },
    diagnosticPullOptions: { onChange: true, onTabs: true },
  };
}
