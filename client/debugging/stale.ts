import * as vscode from "vscode";
import { DEBUG_STALE, type DebugStale } from "../../server/protocol/index.js";
import { DEBUG_TYPE } from "./configuration.js";

const RESTART = "Restart";

/** Offers to debug anew what was edited while it was debugged; once for each text. */
export function offerRestart(): vscode.Disposable {
  return vscode.debug.onDidReceiveDebugSessionCustomEvent(async ({ session, event, body }) => {
    if (session.type !== DEBUG_TYPE || event !== DEBUG_STALE) return;
    const { files } = body as DebugStale;
    const answer = await vscode.window.showInformationMessage(
      `${files.join(", ")} changed after "${session.name}" was started: what the debugger shows is of the text before.`,
      RESTART,
    );
    if (answer === RESTART) await session.customRequest("restart");
  });
}
