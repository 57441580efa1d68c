import type { ClientCapabilities, TextEdit, WorkspaceEdit } from "vscode-languageserver";

/** Edits of one document. */
export interface DocumentEdits {
  /** As the client spells it. */
  readonly uri: string;
  /** Of the text that the edits are for; `undefined` for a file on the disk. */
  readonly version: number | undefined;
  readonly edits: TextEdit[];
}

/**
 * Edits of several documents in the form that a client knows: where it can, each is bound to the version of the
 * document that it was made for, so that it is not applied to another text.
 */
export function editOfDocuments(
  { workspace }: ClientCapabilities,
  documents: readonly DocumentEdits[],
): WorkspaceEdit {
  if (!workspace?.workspaceEdit?.documentChanges) {
    return { changes: Object.fromEntries(documents.map(({ uri, edits }) => [uri, edits])) };
  }
  return {
    documentChanges: documents.map(({ uri, version = null, edits }) => ({
      textDocument: { uri, version },
      edits,
    })),
  };
}
