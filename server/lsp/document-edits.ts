import type {
  ClientCapabilities,
  CreateFile,
  SnippetTextEdit,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver";

/** An edit with a tab stop in it goes only to clients that have them, which all know of `documentChanges`. */
export type DocumentEdit = TextEdit | SnippetTextEdit;

/** Edits of one document. */
export interface DocumentEdits {
  /** As the client spells it. */
  readonly uri: string;
  /** Of the text that the edits are for; `undefined` for a file on the disk. */
  readonly version: number | undefined;
  readonly edits: DocumentEdit[];
}

/**
 * Edits of several documents in the form that a client knows: where it can, each is bound to the version of the
 * document that it was made for, so that it is not applied to another text.
 * @param creates addresses of the files that have to be made first, for a client that makes files
 */
export function editOfDocuments(
  { workspace }: ClientCapabilities,
  documents: readonly DocumentEdits[],
  creates: readonly string[] = [],
): WorkspaceEdit {
  if (!workspace?.workspaceEdit?.documentChanges) {
    const changes = documents.map(({ uri, edits }) => [uri, edits] as const);
    return { changes: Object.fromEntries(changes) as Record<string, TextEdit[]> };
  }
  const made = creates.map((uri): CreateFile => ({ kind: "create", uri }));
  const changed = documents.map(({ uri, version = null, edits }) => ({
    textDocument: { uri, version },
    edits,
  }));
  return { documentChanges: [...made, ...changed] };
}
