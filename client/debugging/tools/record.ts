import * as vscode from "vscode";
import {
  DEBUG_SAVE_SCENARIO,
  DEBUG_TRACE,
  type DebugSavedScenario,
  type DebugTrace,
} from "../../../server/protocol/index.js";
import type { SelectedThread } from "../../following/selected-thread.js";

/** Writes what happened in the selected scenario so far as a new one, at the end of its file. */
export async function saveScenario(selected: SelectedThread): Promise<void> {
  const { title, uri } = await ask<DebugSavedScenario>(selected, DEBUG_SAVE_SCENARIO, {});
  const named = await vscode.window.showInputBox({
    title: "Save as Scenario",
    prompt: "Title of the new scenario, at the end of the file",
    value: title,
    validateInput: (text) => (/["\r\n]/.test(text) ? "A title has no quotation marks." : undefined),
  });
  if (named === undefined) return;
  const { text } = await ask<DebugSavedScenario>(selected, DEBUG_SAVE_SCENARIO, { title: named });
  await append(vscode.Uri.parse(uri), text);
}

/** Puts what happened in the selected scenario so far into the clipboard. */
export async function copyTrace(selected: SelectedThread, format: "text" | "json"): Promise<void> {
  const { text } = await ask<DebugTrace>(selected, DEBUG_TRACE, { format });
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage("$(check) The trace is in the clipboard.", 3000);
}

async function ask<R>({ now }: SelectedThread, request: string, more: object): Promise<R> {
  if (!now) throw new Error("No scenario is debugged; stand still in one first.");
  return (await now.session.customRequest(request, { threadId: now.threadId, ...more })) as R;
}

/** Writes a block at the end of a file, and shows it. */
async function append(uri: vscode.Uri, block: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const { end } = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  const gap = end.character > 0 ? "\n\n" : "\n";
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, end, gap + block);
  await vscode.workspace.applyEdit(edit);
  const editor = await vscode.window.showTextDocument(document);
  const place = new vscode.Position(end.line + gap.length, 0);
  editor.selection = new vscode.Selection(place, place);
  editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenter);
}
