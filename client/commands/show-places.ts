import * as vscode from "vscode";
import type { PositionIn, RangeIn, ShownPlaces } from "../../server/protocol/index.js";
import type { Extension } from "../extension.js";

/** Shows places that belong together beside the one where they were asked for; the argument is of a lens. */
export async function showPlaces(_extension: Extension, given?: unknown): Promise<void> {
  const { from, places } = given as ShownPlaces;
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    vscode.Uri.parse(from.uri),
    position(from.position),
    places.map(location),
  );
}

function location({ uri, range }: RangeIn): vscode.Location {
  return new vscode.Location(
    vscode.Uri.parse(uri),
    new vscode.Range(position(range.start), position(range.end)),
  );
}

function position({ line, character }: PositionIn): vscode.Position {
  return new vscode.Position(line, character);
}
