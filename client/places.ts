import * as vscode from "vscode";
import type { PositionIn, RangeIn } from "../server/protocol/index.js";

/** A place of the server in the editor's own form. */
export function locationOf({ uri, range }: RangeIn): vscode.Location {
  return new vscode.Location(
    vscode.Uri.parse(uri),
    new vscode.Range(positionOf(range.start), positionOf(range.end)),
  );
}

export function positionOf({ line, character }: PositionIn): vscode.Position {
  return new vscode.Position(line, character);
}

/**
 * Shows a place in an editor and puts the cursor there: in the group where the file is open already, else
 * where the user last edited text.
 */
export async function reveal({ uri, range }: vscode.Location): Promise<void> {
  const visible = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === uri.toString(),
  );
  const viewColumn = visible?.viewColumn ?? columnOf(uri) ?? textColumn();
  await vscode.window.showTextDocument(uri, {
    selection: new vscode.Range(range.start, range.end),
    ...(viewColumn !== undefined && { viewColumn }),
  });
}

/** The group that has a tab of the file. */
function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  return vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
  )?.viewColumn;
}

/** A group with an editor of text, so that a view which stands in a group of its own is not covered. */
function textColumn(): vscode.ViewColumn | undefined {
  const groups = vscode.window.tabGroups.all.filter(
    ({ activeTab }) => activeTab?.input instanceof vscode.TabInputText,
  );
  return (groups.find(({ isActive }) => isActive) ?? groups[0])?.viewColumn;
}
