import * as vscode from "vscode";
import { LANGUAGE } from "../language-server.js";

/** Address of a file that a command was given, by a lens, a menu or a key; the open one when it was given none. */
export function askedFile(given: unknown): vscode.Uri | undefined {
  if (typeof given === "string") return vscode.Uri.parse(given);
  if (given instanceof vscode.Uri) return given;
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === LANGUAGE ? document.uri : undefined;
}

/** The same, where a sentence says what to do when there is none. */
export function neededFile(given: unknown): vscode.Uri {
  const file = askedFile(given);
  if (!file) throw new Error("Open an .ioasid file first; this command is about the file in the editor.");
  return file;
}

/** How a file is called in a title. */
export function fileName(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}
