import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import * as extension from "./extension.js";
import { ServerWorker } from "./server-worker.js";

/** The extension in a browser: the language server is a worker. */
export function activate(context: vscode.ExtensionContext): void {
  const script = vscode.Uri.joinPath(context.extensionUri, "dist/ioasid-language-server.browser.js");
  const worker = new ServerWorker(script);
  extension.activate(
    context,
    (options) => new LanguageClient("ioasid", "IOASID", () => worker.start(), options),
    false,
  );
}
