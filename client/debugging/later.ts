import * as vscode from "vscode";
import type { Extension } from "../extension.js";
import { DEBUG_TYPE } from "./configuration.js";

/** Registers the views of the debugger with the first session: without one there is nothing in them. */
export function registerDebugViewsLater(extension: Extension): vscode.Disposable {
  let views: Promise<vscode.Disposable> | undefined;
  const start = (session: vscode.DebugSession | undefined): void => {
    if (session?.type !== DEBUG_TYPE) return;
    views ??= import("../machine-views.js").then(({ registerDebugViews }) => registerDebugViews(extension));
  };
  start(vscode.debug.activeDebugSession);
  return vscode.Disposable.from(
    vscode.debug.onDidStartDebugSession(start),
    new vscode.Disposable(() => void views?.then((registered) => registered.dispose())),
  );
}
