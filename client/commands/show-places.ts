import * as vscode from "vscode";
import type { ShownPlaces } from "../../server/protocol/index.js";
import type { Extension } from "../extension.js";
import { locationOf, positionOf } from "../places.js";

/** Shows places that belong together beside the one where they were asked for; the argument is of a lens. */
export async function showPlaces(_extension: Extension, given?: unknown): Promise<void> {
  const { from, places } = given as ShownPlaces;
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    vscode.Uri.parse(from.uri),
    positionOf(from.position),
    places.map(locationOf),
  );
}
