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
  private copy: string | undefined;

  /** @param script address of the server's bundle, of whatever scheme the extension has */
  constructor(private readonly script: vscode.Uri) {}

  /** The way to a new server. The library would make it by itself, did it know the editor's kind of worker. */
  async start(): Promise<MessageTransports> {
    this.worker?.terminate();
    if (this.copy !== undefined) URL.revokeObjectURL(this.copy);
    this.worker = new Worker(await this.address());
    return { reader: new BrowserMessageReader(this.worker), writer: new BrowserMessageWriter(this.worker) };
  }

  /** A browser knows nothing of the files of a remote machine, so it gets a copy of the bundle. */
  private async address(): Promise<string> {
    if (this.script.scheme !== "vscode-remote") return this.script.toString(true);
    const bytes = await vscode.workspace.fs.readFile(this.script);
    this.copy = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: "text/javascript" }));
    return this.copy;
  }
}
