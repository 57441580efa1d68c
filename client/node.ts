import type * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import * as extension from "./extension.js";

/** The extension in a process of Node: the language server is a process of its own. */
export function activate(context: vscode.ExtensionContext): void {
  const module = context.asAbsolutePath("dist/ioasid-language-server.cjs");
  extension.activate(
    context,
    (options) => new LanguageClient("ioasid", "IOASID", { module, transport: TransportKind.ipc }, options),
    true,
  );
}
