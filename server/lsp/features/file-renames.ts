import type { Feature } from "../context.js";
import { editOfDocuments } from "../document-edits.js";
import { EXTENSION } from "../files.js";
import { importEdits, Moves } from "../moved-imports.js";
import { keyOf } from "../uris.js";

/** Keeps imports true when files or folders are about to be renamed or moved. */
export const fileRenames: Feature = {
  capabilities: () => ({
    workspace: {
      fileOperations: {
        willRename: {
          filters: [
            { pattern: { glob: `**/*${EXTENSION}`, matches: "file" } },
            { pattern: { glob: "**", matches: "folder" } },
          ],
        },
      },
    },
  }),
  register(context) {
    context.connection.workspace.onWillRenameFiles(async ({ files }, token) => {
      const moves = files.map(({ oldUri, newUri }) => ({ from: keyOf(oldUri), to: keyOf(newUri) }));
      const edits = await importEdits(context, new Moves(moves), token);
      return edits.length === 0 ? null : editOfDocuments(context.client.capabilities, edits);
    });
  },
};
