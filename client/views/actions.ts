import * as vscode from "vscode";
import { COMMANDS } from "../../server/protocol/index.js";
import { locationOf, reveal } from "../places.js";
import type { Placed } from "./tree.js";

/** Copies a pPASID, or the statement that a missing mapping wants. */
export async function copy({ node }: Placed): Promise<void> {
  if (node.copied === undefined) return;
  await vscode.env.clipboard.writeText(node.copied);
  vscode.window.setStatusBarMessage(`$(check) Copied ${node.copied}`, 3000);
}

/** Shows every place where the name of an item stands. */
export async function findReferences({ node }: Placed): Promise<void> {
  if (!node.place || node.name === undefined) return;
  const place = locationOf(node.place);
  const document = await vscode.workspace.openTextDocument(place.uri);
  const at = document.getText(place.range).search(new RegExp(`(?<![\\w-])${node.name}(?![\\w-])`));
  const position = document.positionAt(document.offsetAt(place.range.start) + Math.max(0, at));
  const found = await vscode.commands.executeCommand<vscode.Location[]>(
    "vscode.executeReferenceProvider",
    place.uri,
    position,
  );
  await reveal(new vscode.Location(place.uri, position));
  await vscode.commands.executeCommand("editor.action.showReferences", place.uri, position, found);
}

/** Shows the page of the rule of a finding. */
export async function explain({ node }: Placed): Promise<void> {
  await vscode.commands.executeCommand(COMMANDS.explainRule, node.code);
}
