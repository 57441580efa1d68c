/// <reference lib="webworker" />
import * as vscode from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  type MessageTransports,
} from "vscode-languageclient/browser";

/** Starts the language server as a worker; each call ends the one before. */
export class ServerWorker {
  private worker: Worker | undefined;
  private address: string | undefined;

  /** @param script address of the server's bundle, of whatever scheme the extension has */
  constructor(private readonly script: vscode.Uri) {}

  /** The way to a new server. The library would make it by itself, did it know the editor's kind of worker. */
  async start(): Promise<MessageTransports> {
    this.worker?.terminate();
    if (this.address?.startsWith("blob:")) URL.revokeObjectURL(this.address);
    this.address = await workerAddress(this.script);
    this.worker = new Worker(this.address);
    return { reader: new BrowserMessageReader(this.worker), writer: new BrowserMessageWriter(this.worker) };
  }
}

/**
 * An address that a worker can be started from. A browser knows nothing of the files of a remote machine, so
 * it gets a copy of the bundle.
 * @param script address of a bundle, of whatever scheme the extension has
 */
export async function workerAddress(script: vscode.Uri): Promise<string> {
  if (script.scheme !== "vscode-remote") return script.toString(true);
  const bytes = await vscode.workspace.fs.readFile(script);
  return URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: "text/javascript" }));
}
