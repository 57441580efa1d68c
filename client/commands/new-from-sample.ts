import * as vscode from "vscode";
import type { Extension } from "../extension.js";
import { LANGUAGE } from "../language-server.js";
import { readSamples } from "../samples.js";

/** New Configuration from Sample…: a new document with the text of an example. */
export async function newFromSample({ context }: Extension): Promise<void> {
  const samples = await readSamples(context.extensionUri);
  const chosen = await vscode.window.showQuickPick(
    samples.map(({ name, about, text }) => ({ label: name, detail: about, text })),
    {
      title: "New Configuration from Sample",
      placeHolder: "What the new file begins with",
      matchOnDetail: true,
    },
  );
  if (!chosen) return;
  const document = await vscode.workspace.openTextDocument({ language: LANGUAGE, content: chosen.text });
  await vscode.window.showTextDocument(document);
}
