import * as vscode from "vscode";
import type { Extension } from "../extension.js";
import { neededFile } from "./asked.js";

/** Fix All: every fix that needs no choice, in the file of the editor. */
export async function fixAll(_extension: Extension): Promise<void> {
  neededFile(undefined);
  await vscode.commands.executeCommand("editor.action.sourceAction", {
    kind: "source.fixAll.ioasid",
    apply: "first",
  });
}
