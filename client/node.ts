import type * as vscode from "vscode";
import * as extension from "./extension.js";

/** The extension in a process of Node. */
export function activate(context: vscode.ExtensionContext): void {
  // A file of its own, which is read when the extension is active: most of it is the library.
  extension.activate(context, async () => (await import("./connection/node.js")).connect);
}
