import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import {
  CancellationTokenSource,
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  ErrorCodes,
  type InitializeResult,
  ProgressType,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
  type WorkspaceFolder,
} from "vscode-languageserver-protocol/node";
import type { Settings, StartOptions } from "../../server/protocol/index.js";
import { type Marked, marked } from "../helpers/cursor.js";

/** What a test wants of its client, beside the defaults. */
export interface SessionOptions {
  readonly capabilities?: ClientCapabilities;
  readonly folders?: readonly WorkspaceFolder[];
  readonly options?: StartOptions;
  readonly settings?: Partial<Settings>;
  /** Path of the server's program; that of the build, when there is none. */
  readonly program?: string;
}

/** A client with a real server process behind it, over stdio. */
export class Session {
  private readonly diagnostics = new Map<string, { version: number | undefined; items: Diagnostic[] }>();
  private readonly waiting: (() => void)[] = [];
  private readonly versions = new Map<string, number>();

  private constructor(
    readonly connection: ProtocolConnection,
    readonly process: ChildProcess,
    readonly result: InitializeResult,
  ) {
    connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version, diagnostics }) => {
      this.diagnostics.set(uri, { version, items: diagnostics });
      for (const wake of this.waiting.splice(0)) wake();
    });
  }

  static async start(options: SessionOptions = {}): Promise<Session> {
    const program = options.program ?? "dist/ioasid-language-server.cjs";
    const child = spawn(process.execPath, [program, "--stdio"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) =>
      items.map(() => options.settings ?? null),
    );
    // Before it is ready a client knows no request of a server; neither does that of VS Code.
    let isReady = false;
    connection.onRequest("client/registerCapability", () => {
      return isReady ? null : new ResponseError(ErrorCodes.MethodNotFound, "Unhandled method.");
    });
    connection.listen();
    const result = await connection.sendRequest<InitializeResult>("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: options.capabilities ?? {},
      workspaceFolders: options.folders ?? null,
      initializationOptions: options.options,
    });
    const session = new Session(connection, child, result);
    isReady = true;
    await connection.sendNotification("initialized", {});
    return session;
  }

  /** Opens a document; marks in its text are taken out. @returns the text with the offsets and positions of its marks */
  async open(uri: string, source: string): Promise<Marked> {
    const document = marked(source);
    this.versions.set(uri, 1);
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "ioasid", version: 1, text: document.text },
    });
    return document;
  }

  async change(uri: string, ...contentChanges: TextDocumentContentChangeEvent[]): Promise<void> {
    const version = (this.versions.get(uri) ?? 0) + 1;
    this.versions.set(uri, version);
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  request<T>(method: string, params: unknown): Promise<T> {
    return this.connection.sendRequest<T>(method, params);
  }

  /** Hears of the progress of one request. @param token what the request names it by */
  onProgress<T>(token: string, handler: (value: T) => void): { dispose(): void } {
    return this.connection.onProgress(new ProgressType<T>(), token, handler);
  }

  /** Something that ends a request. */
  cancellation(): CancellationTokenSource {
    return new CancellationTokenSource();
  }

  /** The findings of the document as it stands; waits for those of its present version, and for a condition on them. */
  async findings(
    uri: string,
    holds: (items: readonly Diagnostic[]) => boolean = () => true,
  ): Promise<Diagnostic[]> {
    for (;;) {
      const found = this.diagnostics.get(uri);
      const version = this.versions.get(uri);
      if (found && (found.version === undefined || found.version === version) && holds(found.items)) {
        return found.items;
      }
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** Ends the server as a client does. */
  async stop(): Promise<void> {
    const ended = new Promise<number | null>((resolve) => this.process.once("exit", resolve));
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    assert.equal(await ended, 0);
    this.connection.dispose();
  }
}

/** Position of an offset in a text of lines that end with LF. */
export function positionAt(text: string, offset: number): { line: number; character: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}
