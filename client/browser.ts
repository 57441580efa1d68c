/// <reference lib="webworker" />
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import * as extension from "./extension.js";

/** The extension in a browser: the language server is a worker. */
export function activate(context: vscode.ExtensionContext): Promise<void> {
  const script = vscode.Uri.joinPath(context.extensionUri, "dist/ioasid-language-server.browser.js");
  return extension.activate(
    context,
    (options) => new LanguageClient("ioasid", "IOASID", new Worker(script.toString(true)), options),
  );
}
