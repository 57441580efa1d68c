import * as vscode from "vscode";
import {
  FIND_FILES,
  type FindFilesParams,
  type FindFilesResult,
  READ_FILE,
  type ReadFileParams,
  type ReadFileResult,
} from "../server/protocol/index.js";
import type { Extension } from "./extension.js";
import { findConfigurations, readText } from "./files.js";

/** Answers what only the editor knows: files of virtual workspaces. */
export function answerFiles({ server }: Extension): vscode.Disposable {
  return vscode.Disposable.from(
    server.answer<ReadFileParams, ReadFileResult>(READ_FILE, ({ uri }) => readText(vscode.Uri.parse(uri))),
    server.answer<FindFilesParams, FindFilesResult>(FIND_FILES, ({ folder }) =>
      findConfigurations(vscode.Uri.parse(folder)),
    ),
  );
}
