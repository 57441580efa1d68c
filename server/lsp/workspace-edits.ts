import type { ClientCapabilities, WorkspaceEdit } from "vscode-languageserver";
import type { ActionEdit } from "../../engine/services/index.js";
import type { Compiled } from "./compile.js";
import { type DocumentEdit, editOfDocuments } from "./document-edits.js";
import { TextPlaces } from "./positions.js";

/** An edit of a file, as the engine calls the file; new files have no text yet. */
export interface FileEdits {
  readonly edits: readonly ActionEdit[];
  /** Addresses of the files that have to be made first, by their names. */
  readonly creates?: ReadonlyMap<string, string>;
}

/** Whether a client makes files when an edit asks it to. */
export function createsFiles({ workspace }: ClientCapabilities): boolean {
  const { documentChanges, resourceOperations } = workspace?.workspaceEdit ?? {};
  return documentChanges === true && resourceOperations?.includes("create") === true;
}

/**
 * The edits of an action in the form of the protocol, with the place of the cursor where the client takes it.
 */
export function workspaceEdit(
  capabilities: ClientCapabilities,
  compiled: Compiled,
  { edits, creates = new Map() }: FileEdits,
): WorkspaceEdit {
  const { documentChanges, snippetEditSupport } = capabilities.workspace?.workspaceEdit ?? {};
  const snippets = documentChanges === true && snippetEditSupport === true;
  const byFile = new Map<string, DocumentEdit[]>();
  for (const edit of edits) {
    const places = creates.has(edit.file) ? EMPTY : compiled.places(edit.file);
    const inFile = byFile.get(edit.file) ?? [];
    byFile.set(edit.file, inFile);
    inFile.push(documentEdit(edit, places, snippets));
  }
  const documents = [...byFile].map(([file, inFile]) => ({
    uri: creates.get(file) ?? compiled.uriOf(file),
    version: compiled.versionOf(file),
    edits: inFile,
  }));
  return editOfDocuments(capabilities, documents, [...creates.values()]);
}

const EMPTY = new TextPlaces("", "utf-16");

function documentEdit(edit: ActionEdit, places: TextPlaces, snippets: boolean): DocumentEdit {
  const range = places.range(edit);
  const { text, caret } = edit;
  if (!snippets || caret === undefined) return { range, newText: text };
  const value = `${escaped(text.slice(0, caret))}$0${escaped(text.slice(caret))}`;
  return { range, snippet: { kind: "snippet", value } };
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}
