import * as vscode from "vscode";
import { type BaseLanguageClient, type LanguageClientOptions, ProgressType } from "vscode-languageclient";
import { clientOptions } from "./client-options.js";
import { ServerFailures } from "./server-failures.js";
import { TraceChannel } from "./trace-channel.js";

/** The library's client of the language server, which is not started yet. */
export interface Connection extends vscode.Disposable {
  readonly client: BaseLanguageClient;
  /** What the library wants to have as the type of a progress. */
  progressType<P>(): ProgressType<P>;
  /** Somebody starts the server by hand: how often it ended before counts no more. */
  forgetFailures(): void;
}

/** What the extension tells of itself when it wants a connection. */
export interface ConnectionOptions {
  /** Folder of the extension. */
  readonly extension: vscode.Uri;
  /** For what the client has to say. */
  readonly log: vscode.LogOutputChannel;
}

/** Makes a connection; each entry point has its own, since they differ in where the server runs. */
export type MakeConnection = (options: ConnectionOptions) => Connection;

/** @param makeClient makes the client of a server that runs in a process, or in a worker */
export function connectionBy(
  makeClient: (options: LanguageClientOptions) => BaseLanguageClient,
  { extension, log }: ConnectionOptions,
): Connection {
  const trace = new TraceChannel();
  const failures = new ServerFailures();
  const client = makeClient(clientOptions(extension, log, trace, failures));
  return {
    client,
    progressType: <P>() => new ProgressType<P>(),
    forgetFailures: () => failures.forget(),
    dispose: () => vscode.Disposable.from(client, trace).dispose(),
  };
}
