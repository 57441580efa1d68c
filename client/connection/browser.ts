import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { connectionBy, type MakeConnection } from "./connection.js";
import { ServerWorker } from "./server-worker.js";

/** The language server as a worker. */
export const connect: MakeConnection = (options) => {
  const script = vscode.Uri.joinPath(options.extension, "dist/ioasid-language-server.browser.js");
  const worker = new ServerWorker(script);
  return connectionBy(
    (client) => new LanguageClient("ioasid", "IOASID", () => worker.start(), client),
    options,
  );
};
