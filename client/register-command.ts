import * as vscode from "vscode";
import { reasonOf } from "./reason-of.js";

/** Registers a command; what goes wrong in it is told in a sentence. @param handler its arguments can be anything */
export function registerCommand(
  log: vscode.LogOutputChannel,
  id: string,
  handler: (...given: never[]) => unknown,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...given: never[]) => {
    try {
      await handler(...given);
    } catch (error) {
      const reason = reasonOf(error);
      log.error(`${id}: ${reason}`);
      void vscode.window.showErrorMessage(`IOASID: ${reason}`);
    }
  });
}
