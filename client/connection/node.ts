import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { connectionBy, type MakeConnection } from "./connection.js";

/** The language server as a process of its own. */
export const connect: MakeConnection = (options) => {
  const module = vscode.Uri.joinPath(options.extension, "dist/ioasid-language-server.cjs").fsPath;
  const server = { module, transport: TransportKind.ipc };
  return connectionBy((client) => new LanguageClient("ioasid", "IOASID", server, client), options);
};
