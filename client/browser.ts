/// <reference lib="webworker" />
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import * as extension from "./extension.js";

/** The extension in a browser: the language server is a worker, a new one for each start. */
export function activate(context: vscode.ExtensionContext): void {
  const script = vscode.Uri.joinPath(context.extensionUri, "dist/ioasid-language-server.browser.js");
  let worker: Worker | undefined;
  const startWorker = async (): Promise<Worker> => {
    worker?.terminate();
    worker = new Worker(script.toString(true));
    return worker;
  };
  extension.activate(
    context,
    (options) => new LanguageClient("ioasid", "IOASID", startWorker, options),
    false,
  );
}
