import * as vscode from "vscode";
import { CloseAction, ErrorAction, type ErrorHandler } from "vscode-languageclient";
import { COMMANDS } from "../../server/protocol/index.js";
import { Crashes, MOST_CRASHES } from "./crashes.js";

/** How long the note about a new start stands in the status bar, in milliseconds. */
const NOTE_MILLISECONDS = 8000;

/** Starts the server again when it is gone, with a note that disturbs nobody; after too many times it asks. */
export class ServerFailures implements ErrorHandler {
  private readonly crashes = new Crashes(() => performance.now());

  /** Somebody started the server by hand. */
  forget(): void {
    this.crashes.forget();
  }

  error(): ReturnType<ErrorHandler["error"]> {
    // What cannot be read or written is told in the log; if it was the end, `closed` follows.
    return { action: ErrorAction.Continue, handled: true };
  }

  closed(): ReturnType<ErrorHandler["closed"]> {
    if (this.crashes.happened()) {
      const message = "The IOASID language server ended unexpectedly and was started again.";
      vscode.window.setStatusBarMessage(`$(info) ${message}`, NOTE_MILLISECONDS);
      return { action: CloseAction.Restart, message, handled: true };
    }
    void this.ask();
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  private async ask(): Promise<void> {
    const restart = "Restart";
    const showOutput = "Show Output";
    const chosen = await vscode.window.showErrorMessage(
      `The IOASID language server ended ${MOST_CRASHES + 1} times within a few minutes, so it is not started again by itself. Its output may say why.`,
      restart,
      showOutput,
    );
    if (chosen === restart) await vscode.commands.executeCommand(COMMANDS.restartServer);
    if (chosen === showOutput) await vscode.commands.executeCommand(COMMANDS.showOutput, "server");
  }
}
