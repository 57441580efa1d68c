import * as vscode from "vscode";
import type { DebugStale } from "../../../server/protocol/index.js";

const RESTART = "Restart";

/** Offers to debug anew what was edited while it was debugged. */
export async function offerRestart(session: vscode.DebugSession, { files }: DebugStale): Promise<void> {
  const answer = await vscode.window.showInformationMessage(
    `${files.join(", ")} changed after "${session.name}" was started: the debugger shows the text before.`,
    RESTART,
  );
  // As its button does it: a text that is not sound is told of.
  const context = { sessionId: session.id };
  if (answer === RESTART)
    await vscode.commands.executeCommand("workbench.action.debug.restart", undefined, context);
}
