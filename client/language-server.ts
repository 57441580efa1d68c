import * as vscode from "vscode";
import { type BaseLanguageClient, type LanguageClientOptions, RequestType } from "vscode-languageclient";
import {
  FIND_FILES,
  type FindFilesParams,
  type FindFilesResult,
  READ_FILE,
  type ReadFileParams,
  type ReadFileResult,
  type StartOptions,
} from "../server/protocol/index.js";
import { findConfigurations, readText } from "./files.js";

/** Name of the language, as `package.json` contributes it. */
export const LANGUAGE = "ioasid";

/** Makes the client of a language server that runs somewhere: in a process, or in a worker. */
export type MakeClient = (options: LanguageClientOptions) => BaseLanguageClient;

/** What the client tells every language server, wherever it runs. */
export function clientOptions(output: vscode.LogOutputChannel): LanguageClientOptions {
  const options: StartOptions = {
    rulePage: `command:ioasid.explainRule?${encodeURIComponent('["')}{code}${encodeURIComponent('"]')}`,
    files: true,
    commands: true,
  };
  return {
    documentSelector: [{ language: LANGUAGE }],
    initializationOptions: options,
    outputChannel: output,
    diagnosticPullOptions: { onChange: true, onTabs: true },
  };
}

/** Answers what only the editor knows: files of virtual workspaces. */
export function answerFiles(client: BaseLanguageClient): vscode.Disposable {
  return vscode.Disposable.from(
    client.onRequest(new RequestType<ReadFileParams, ReadFileResult, void>(READ_FILE), ({ uri }) =>
      readText(vscode.Uri.parse(uri)),
    ),
    client.onRequest(new RequestType<FindFilesParams, FindFilesResult, void>(FIND_FILES), ({ folder }) =>
      findConfigurations(vscode.Uri.parse(folder)),
    ),
  );
}
