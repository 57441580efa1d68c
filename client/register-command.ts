import * as vscode from "vscode";

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
      const reason = error instanceof Error ? error.message : String(error);
      log.error(`${id}: ${reason}`);
      void vscode.window.showErrorMessage(`IOASID: ${reason}`);
    }
  });
}
