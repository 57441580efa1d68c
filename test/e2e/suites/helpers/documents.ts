import * as vscode from "vscode";

/** Opens a new document of the language with a text, in an editor. */
export async function openText(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: "ioasid", content });
  await vscode.window.showTextDocument(document);
  return document;
}

/** The findings of a document, once they are as told. */
export function diagnosticsOf(
  { uri }: vscode.TextDocument,
  holds: (found: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const found = vscode.languages.getDiagnostics(uri);
      if (holds(found)) resolve(found);
      return holds(found);
    };
    if (look()) return;
    const listening = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (uris.some((each) => each.toString() === uri.toString()) && look()) listening.dispose();
    });
  });
}

/** Replaces a text that stands in a document once. */
export async function replace(document: vscode.TextDocument, before: string, after: string): Promise<void> {
  const start = document.getText().indexOf(before);
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + before.length));
  edit.replace(document.uri, range, after);
  await vscode.workspace.applyEdit(edit);
}
