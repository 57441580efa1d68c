/// <reference lib="webworker" />
import * as vscode from "vscode";
import type { FromDebugWorker, ToDebugWorker } from "../../server/protocol/index.js";
import { BundleWorker } from "../connection/bundle-worker.js";
import { readText } from "../files.js";
import { DEBUG_TYPE } from "./configuration.js";

/** What the adapter's worker consists of, in this order. */
const BUNDLES = ["ioasid-engine.cjs", "ioasid-debug-adapter.browser.js"];

/** Runs the debug adapter as a worker, where no program can be started. @param extension folder of the extension */
export function debugInWorkers(extension: vscode.Uri): vscode.Disposable {
  return vscode.debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, {
    createDebugAdapterDescriptor: async () =>
      new vscode.DebugAdapterInlineImplementation(
        new WorkerAdapter(await BundleWorker.start(extension, BUNDLES)),
      ),
  });
}

/** One session: a worker that speaks the protocol, and asks for the files that it needs. */
class WorkerAdapter implements vscode.DebugAdapter {
  private readonly sent = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  private readonly read = new Set<string>();
  private readonly listening: vscode.Disposable;

  readonly onDidSendMessage = this.sent.event;

  constructor(private readonly adapter: BundleWorker) {
    adapter.worker.onmessage = ({ data }: MessageEvent<FromDebugWorker>) => {
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
    this.adapter.end();
    this.listening.dispose();
    this.sent.dispose();
  }

  private async answer(id: number, address: string): Promise<void> {
    const uri = vscode.Uri.parse(address);
    this.read.add(uri.toString());
    this.tell({ kind: "file", id, result: await readText(uri) });
  }

  private tell(message: ToDebugWorker): void {
    this.adapter.worker.postMessage(message);
  }
}
