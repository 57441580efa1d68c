import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import {
  createProtocolConnection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type ServerCapabilities,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

/** A language server that can be measured. */
export interface Subject {
  readonly name: string;
  readonly command: readonly string[];
  readonly language: string;
  readonly uri: string;
  /** Milliseconds that it waits after a change before it works; they are no work, and not counted. */
  readonly debounce: number;
  /** What it is told at the start, and what `workspace/configuration` answers for a section. */
  readonly options?: unknown;
  configuration?(section: string | undefined): unknown;
}

/** One running server with one open document. */
export class MeasuredServer {
  private version = 1;
  private received: ((params: PublishDiagnosticsParams) => void) | undefined;

  private constructor(
    private readonly subject: Subject,
    private readonly child: ChildProcess,
    private readonly connection: ProtocolConnection,
    private readonly capabilities: ServerCapabilities,
  ) {
    connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      if (params.uri === subject.uri) this.received?.(params);
    });
  }

  static async start(subject: Subject): Promise<MeasuredServer> {
    const child = spawn(process.execPath, [...subject.command], { stdio: ["pipe", "pipe", "ignore"] });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.onRequest("workspace/configuration", ({ items }: { items: { section?: string }[] }) =>
      items.map(({ section }) => subject.configuration?.(section) ?? null),
    );
    connection.onRequest("client/registerCapability", () => null);
    connection.listen();
    const params: InitializeParams = {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: null,
      initializationOptions: subject.options,
      capabilities: {
        workspace: { configuration: true, didChangeConfiguration: {} },
        textDocument: {
          publishDiagnostics: { relatedInformation: true, versionSupport: true },
          completion: { completionItem: { snippetSupport: true } },
          hover: { contentFormat: ["markdown"] },
          inlayHint: {},
        },
      },
    };
    const { capabilities } = await connection.sendRequest<InitializeResult>("initialize", params);
    await connection.sendNotification("initialized", {});
    return new MeasuredServer(subject, child, connection, capabilities);
  }

  /** Opens the document and waits for its findings. */
  async open(text: string): Promise<void> {
    const { uri, language: languageId } = this.subject;
    const answered = this.nextFindings(() => true);
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version: 1, text },
    });
    await answered;
  }

  /**
   * Replaces a piece of the text and waits for findings that a condition holds for.
   * @returns milliseconds from the change to the findings, without the server's own waiting
   */
  async edit(
    range: Range,
    text: string,
    holds: (findings: readonly Diagnostic[]) => boolean,
  ): Promise<number> {
    this.version += 1;
    const answered = this.nextFindings(({ diagnostics }) => holds(diagnostics));
    const began = performance.now();
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: this.subject.uri, version: this.version },
      contentChanges: [{ range, text }],
    });
    await answered;
    return performance.now() - began - this.subject.debounce;
  }

  /** Milliseconds that a request takes; `undefined` from a server that does not offer it. */
  async time(feature: "completion" | "hover" | "inlayHint", params: object): Promise<number | undefined> {
    if (!this.capabilities[`${feature}Provider`]) return undefined;
    const began = performance.now();
    await this.connection.sendRequest(`textDocument/${feature}`, {
      textDocument: { uri: this.subject.uri },
      ...params,
    });
    return performance.now() - began;
  }

  /** Bytes of memory that the process had at its most, as the kernel of Linux counts; `undefined` elsewhere. */
  peakMemory(): number | undefined {
    try {
      const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
      const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
      return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
    } catch {
      return undefined;
    }
  }

  stop(): void {
    this.connection.dispose();
    this.child.kill();
  }

  private nextFindings(holds: (params: PublishDiagnosticsParams) => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.received = (params) => {
        // Findings of an earlier version still come while a later one is checked.
        if ((params.version ?? this.version) === this.version && holds(params)) {
          this.received = undefined;
          resolve();
        }
      };
    });
  }
}
