import type * as vscode from "vscode";
import { connect } from "./connection/browser.js";
import { debugInWorkers } from "./debugging/inline-adapter.js";
import * as extension from "./extension.js";

/** The extension in a browser, whose host can load no second file. */
export function activate(context: vscode.ExtensionContext): void {
  extension.activate(context, async () => connect);
  context.subscriptions.push(debugInWorkers(context.extensionUri));
}
