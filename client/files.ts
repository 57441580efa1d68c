import * as vscode from "vscode";
import type { FindFilesResult, ReadFileResult } from "../server/protocol/index.js";
import { reasonOf } from "./reason-of.js";

/** More files than this in one folder are not looked at until they are opened. */
const FILE_LIMIT = 2000;

/** The text of a file of any file system that the editor has. */
export async function readText(uri: vscode.Uri): Promise<ReadFileResult> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    if (type & vscode.FileType.Directory) {
      return { error: `"${uri.path}" is a directory; an import names one file.` };
    }
    return { text: new TextDecoder("utf-8").decode(await vscode.workspace.fs.readFile(uri)) };
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") {
      return { error: `There is no file "${uri.path}".`, missing: true };
    }
    return {
      error: `"${uri.path}" cannot be read: ${reasonOf(error)}.`,
    };
  }
}

/** The configurations of a workspace folder, without what the user's settings leave out. */
export async function findConfigurations(folder: vscode.Uri): Promise<FindFilesResult> {
  const pattern = new vscode.RelativePattern(folder, "**/*.ioasid");
  const found = await vscode.workspace.findFiles(pattern, "**/node_modules/**", FILE_LIMIT);
  return found.map((uri) => uri.toString()).sort();
}
