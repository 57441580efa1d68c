import assert from "node:assert/strict";
import type { SnippetTextEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";

/**
 * What an edit makes of some texts by their addresses, `$0` standing where the author goes on.
 * @throws when it edits a file that is not there, or makes one that is
 */
export function edited(
  texts: Readonly<Record<string, string>>,
  { changes = {}, documentChanges = [] }: WorkspaceEdit,
): Record<string, string> {
  const result = { ...texts };
  const apply = (uri: string, edits: readonly (TextEdit | SnippetTextEdit)[]): void => {
    const text = result[uri];
    assert.ok(text !== undefined, `${uri} is edited and does not exist`);
    const document = TextDocument.create(uri, "ioasid", 1, text);
    result[uri] = TextDocument.applyEdits(document, edits.map(plain));
  };
  for (const [uri, edits] of Object.entries(changes)) apply(uri, edits);
  for (const change of documentChanges) {
    if ("textDocument" in change) apply(change.textDocument.uri, change.edits);
    else {
      assert.ok(change.kind === "create" && result[change.uri] === undefined);
      result[change.uri] = "";
    }
  }
  return result;
}

function plain(edit: TextEdit | SnippetTextEdit): TextEdit {
  return "snippet" in edit ? { range: edit.range, newText: edit.snippet.value } : edit;
}
