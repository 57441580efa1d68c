/// <reference lib="webworker" />
import type * as vscode from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  type MessageTransports,
} from "vscode-languageclient/browser";
import { BundleWorker } from "./bundle-worker.js";

/** What the server's worker consists of, in this order. */
const BUNDLES = ["ioasid-engine.cjs", "ioasid-services.cjs", "ioasid-language-server.browser.js"];

/** Starts the language server as a worker; each call ends the one before. */
export class ServerWorker {
  private server: BundleWorker | undefined;

  /** @param extension folder of the extension, of whatever scheme */
  constructor(private readonly extension: vscode.Uri) {}

  /** The way to a new server. The library would make it by itself, were the server one file. */
  async start(): Promise<MessageTransports> {
    this.server?.end();
    this.server = await BundleWorker.start(this.extension, BUNDLES);
    const { worker } = this.server;
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  }
}
