/// <reference lib="webworker" />
import * as vscode from "vscode";
import type { FromDebugWorker, ToDebugWorker } from "../../server/protocol/index.js";
import { workerAddress } from "../connection/server-worker.js";
import { readText } from "../files.js";
import { DEBUG_TYPE } from "./configuration.js";

/** Runs the debug adapter as a worker, where no program can be started. @param extension folder of the extension */
export function debugInWorkers(extension: vscode.Uri): vscode.Disposable {
  const script = vscode.Uri.joinPath(extension, "dist/ioasid-debug-adapter.browser.js");
  return vscode.debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, {
    createDebugAdapterDescriptor: async () =>
      new vscode.DebugAdapterInlineImplementation(new WorkerAdapter(new Worker(await workerAddress(script)))),
  });
}

/** One session: a worker that speaks the protocol, and asks for the files that it needs. */
class WorkerAdapter implements vscode.DebugAdapter {
  private readonly sent = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  private readonly read = new Set<string>();
  private readonly listening: vscode.Disposable;

  readonly onDidSendMessage = this.sent.event;

  constructor(private readonly worker: Worker) {
    worker.onmessage = ({ data }: MessageEvent<FromDebugWorker>) => {
      if (data.kind === "message") this.sent.fire(data.message);
      else void this.answer(data.id, data.uri);
    };
    this.listening = vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (this.read.has(uri.toString())) this.tell({ kind: "changed", uri: uri.toString() });
    });
  }

  handleMessage(message: vscode.DebugProtocolMessage): void {
    this.tell({ kind: "message", message });
  }

  dispose(): void {
    this.worker.terminate();
    this.listening.dispose();
    this.sent.dispose();
  }

  private async answer(id: number, address: string): Promise<void> {
    const uri = vscode.Uri.parse(address);
    this.read.add(uri.toString());
    this.tell({ kind: "file", id, result: await readText(uri) });
  }

  private tell(message: ToDebugWorker): void {
    this.worker.postMessage(message);
  }
}
