import type { FromDebugWorker, ReadFileResult, ToDebugWorker } from "../../protocol/index.js";
import { type ClientFiles, clientSource } from "../client-source.js";
import { IoasidDebugSession } from "../session.js";

/* The debug adapter in a worker of a browser. */
const port = globalThis as unknown as {
  onmessage: (event: { readonly data: ToDebugWorker }) => void;
  postMessage(message: FromDebugWorker): void;
};

/** Asks the extension for files, and hears of those that it was told about. */
class PortFiles implements ClientFiles {
  private readonly waiting = new Map<number, (result: ReadFileResult) => void>();
  private readonly stale = new Set<string>();
  private nextId = 1;

  read(uri: string): Promise<ReadFileResult> {
    const id = this.nextId++;
    this.stale.delete(uri);
    port.postMessage({ kind: "read", id, uri });
    return new Promise((resolve) => this.waiting.set(id, resolve));
  }

  changed(uris: Iterable<string>): string[] {
    return [...uris].filter((uri) => this.stale.has(uri));
  }

  answered(id: number, result: ReadFileResult): void {
    this.waiting.get(id)?.(result);
    this.waiting.delete(id);
  }

  note(uri: string): void {
    this.stale.add(uri);
  }
}

const files = new PortFiles();
// Not a promise of the same turn: messages of the extension come as events of their own.
const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
const session = new IoasidDebugSession(clientSource(files), nextTurn);
session.onDidSendMessage((message) => port.postMessage({ kind: "message", message }));
port.onmessage = ({ data }) => {
  if (data.kind === "message")
    session.handleMessage(data.message as Parameters<typeof session.handleMessage>[0]);
  else if (data.kind === "file") files.answered(data.id, data.result);
  else files.note(data.uri);
};
