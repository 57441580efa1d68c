import * as vscode from "vscode";
import type { DebugStale } from "../../../server/protocol/index.js";

const RESTART = "Restart";

/** Offers to debug anew what was edited while it was debugged. */
export async function offerRestart(session: vscode.DebugSession, { files }: DebugStale): Promise<void> {
  const answer = await vscode.window.showInformationMessage(
    `${files.join(", ")} changed after "${session.name}" was started: what the debugger shows is of the text before.`,
    RESTART,
  );
  if (answer === RESTART) await session.customRequest("restart");
}
