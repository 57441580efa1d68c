import type {
  ClientCapabilities,
  CreateFile,
  SnippetTextEdit,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import type { ActionEdit } from "../../engine/services/index.js";
import type { Compiled } from "./compile.js";
import { TextPlaces } from "./positions.js";

/** An edit of a file, as the engine calls the file; new files have no text yet. */
export interface FileEdits {
  readonly edits: readonly ActionEdit[];
  /** Addresses of the files that have to be made first, by their names. */
  readonly creates?: ReadonlyMap<string, string>;
}

type DocumentEdit = TextEdit | SnippetTextEdit;

/** Whether a client makes files when an edit asks it to. */
export function createsFiles({ workspace }: ClientCapabilities): boolean {
  const { documentChanges, resourceOperations } = workspace?.workspaceEdit ?? {};
  return documentChanges === true && resourceOperations?.includes("create") === true;
}

/**
 * Edits in the form of the protocol: with the versions of the texts that they are for where the client knows
 * of them, so that an edit of an older text is refused.
 */
export function workspaceEdit(
  { workspace }: ClientCapabilities,
  compiled: Compiled,
  { edits, creates = new Map() }: FileEdits,
): WorkspaceEdit {
  const { documentChanges, snippetEditSupport } = workspace?.workspaceEdit ?? {};
  const snippets = documentChanges === true && snippetEditSupport === true;
  const byFile = new Map<string, DocumentEdit[]>();
  for (const edit of edits) {
    const places = creates.has(edit.file) ? EMPTY : compiled.places(edit.file);
    const inFile = byFile.get(edit.file) ?? [];
    byFile.set(edit.file, inFile);
    inFile.push(documentEdit(edit, places, snippets));
  }
  const uriOf = (file: string): string => creates.get(file) ?? compiled.uriOf(file);
  if (documentChanges !== true) {
    const changes = [...byFile].map(([file, inFile]) => [uriOf(file), inFile] as const);
    return { changes: Object.fromEntries(changes) as Record<string, TextEdit[]> };
  }
  const made = [...creates.values()].map((uri): CreateFile => ({ kind: "create", uri }));
  const changed = [...byFile].map(
    ([file, inFile]): TextDocumentEdit => ({
      textDocument: { uri: uriOf(file), version: compiled.versionOf(file) ?? null },
      edits: inFile,
    }),
  );
  return { documentChanges: [...made, ...changed] };
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
