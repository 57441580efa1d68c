import { setImmediate as nextTurn } from "node:timers/promises";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type FileChangeType,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type TextDocumentContentChangeEvent,
} from "vscode-languageserver-protocol/node";
import type { Environment } from "../../server/lsp/environment.js";
import { startServer } from "../../server/lsp/start-server.js";
import { Channel } from "./channel.js";

/** Folder of the workspace that a test has if it does not say otherwise. */
export const WORK = "file:///work";

/** What a test wants of the client and of the place where the server runs. */
export interface InProcessOptions {
  readonly capabilities?: ClientCapabilities;
  readonly initialize?: Partial<InitializeParams>;
  /** Texts of the disk by their addresses. */
  readonly disk?: Readonly<Record<string, string>>;
  /** Answers questions about settings. */
  readonly settings?: () => unknown;
  /** The `initialized` notification is left to the test. */
  readonly isLate?: boolean;
}

/**
 * A client with a server in the same process, where time is what the test says: nothing happens by waiting, and
 * a run ends in one slice unless the test makes its slices short.
 */
export class InProcess {
  readonly disk: Map<string, string>;
  /** Everything that was pushed, in order. */
  readonly pushed: PublishDiagnosticsParams[] = [];
  private readonly latest = new Map<string, PublishDiagnosticsParams>();
  /** Milliseconds that each look at the clock takes; with 6 of them a slice of a run ends after a few looks. */
  lookTakes = 0;
  /** Waits between two slices of a run. */
  betweenSlices: () => Promise<unknown> = () => nextTurn();
  /** UTF-16 units of all open documents, as the place where the server runs heard last. */
  openUnits = 0;
  /** Files that were read from the disk, each time. */
  readonly reads: string[] = [];
  private readonly timers = new Set<{ readonly due: number; readonly callback: () => void }>();
  private time = 0;
  private heardOf = 0;
  private readonly versions = new Map<string, number>();

  private constructor(
    readonly client: ProtocolConnection,
    private readonly channel: Channel,
    readonly environment: Environment,
    disk: Map<string, string>,
  ) {
    this.disk = disk;
  }

  result: InitializeResult = { capabilities: {} };

  static async start(options: InProcessOptions = {}): Promise<InProcess> {
    const channel = new Channel();
    const server = createConnection(ProposedFeatures.all, channel.server.reader, channel.server.writer);
    const client = createProtocolConnection(channel.client.reader, channel.client.writer);
    const disk = new Map(Object.entries(options.disk ?? {}));
    const environment: Environment = {
      read: async (uri) => {
        session.reads.push(uri);
        const text = disk.get(uri);
        return text === undefined ? { error: `There is no file "${uri}".`, missing: true } : { text };
      },
      find: async (folder) =>
        [...disk.keys()].filter((uri) => uri.startsWith(folder) && uri.endsWith(".ioasid")),
      asset: async (name) => ({ error: `There is no "${name}".` }),
      nextTurn: async () => {
        await session.betweenSlices();
      },
      now: () => {
        session.time += session.lookTakes;
        return session.time;
      },
      makeRoom: (units) => {
        session.openUnits = units;
      },
      after: (milliseconds, callback) => {
        const timer = { due: session.time + milliseconds, callback };
        session.timers.add(timer);
        return () => session.timers.delete(timer);
      },
    };
    const session = new InProcess(client, channel, environment, disk);
    startServer(server, () => environment);
    session.listen(options);
    session.result = await client.sendRequest<InitializeResult>("initialize", {
      processId: null,
      rootUri: null,
      capabilities: options.capabilities ?? {},
      workspaceFolders: [{ uri: WORK, name: "work" }],
      ...options.initialize,
    });
    if (!options.isLate) await session.initialized();
    return session;
  }

  async initialized(): Promise<void> {
    await this.client.sendNotification("initialized", {});
    await this.settle();
  }

  async open(uri: string, text: string, languageId = "ioasid"): Promise<void> {
    this.versions.set(uri, 1);
    await this.client.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  async change(uri: string, ...contentChanges: (TextDocumentContentChangeEvent | string)[]): Promise<void> {
    const version = (this.versions.get(uri) ?? 0) + 1;
    this.versions.set(uri, version);
    await this.client.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: contentChanges.map((each) => (typeof each === "string" ? { text: each } : each)),
    });
  }

  async close(uri: string): Promise<void> {
    await this.client.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  /** Writes a file of the disk, or deletes it, and tells the server if it watches. */
  async write(uri: string, text: string | undefined, type?: FileChangeType): Promise<void> {
    if (text === undefined) this.disk.delete(uri);
    else this.disk.set(uri, text);
    if (type !== undefined) {
      await this.client.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri, type }] });
    }
  }

  request<T>(method: string, params: unknown): Promise<T> {
    return this.client.sendRequest<T>(method, params);
  }

  /** Lets time pass: whatever is due by then happens. */
  async advance(milliseconds: number): Promise<void> {
    await this.heard();
    this.time += milliseconds;
    for (const timer of [...this.timers].sort((a, b) => a.due - b.due)) {
      if (timer.due > this.time || !this.timers.delete(timer)) continue;
      timer.callback();
      await this.heard();
    }
  }

  /** Lets time pass until nothing is left to do. */
  async settle(): Promise<void> {
    await this.heard();
    while (this.timers.size > 0) await this.advance(1000);
  }

  /** The last that was pushed about a file. */
  published(uri: string): PublishDiagnosticsParams | undefined {
    return this.latest.get(uri);
  }

  /** Codes of the last findings that were pushed about a file. */
  codes(uri: string): unknown[] {
    return (this.published(uri)?.diagnostics ?? []).map(({ code }: Diagnostic) => code);
  }

  async stop(): Promise<void> {
    await this.client.sendRequest("shutdown");
    this.client.dispose();
  }

  private listen({ settings }: InProcessOptions): void {
    const { client } = this;
    client.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.pushed.push(params);
      this.latest.set(params.uri, params);
    });
    client.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) =>
      items.map(() => settings?.() ?? null),
    );
    client.onRequest("client/registerCapability", () => null);
    client.listen();
  }

  /** Everything that was sent has arrived, and what is sent because of it has. */
  private async heard(): Promise<void> {
    // Either side handles one message in a turn, and a handler may take a turn or two of its own.
    for (let left = this.channel.count - this.heardOf + 3; left > 0; left--) {
      this.heardOf = this.channel.count;
      await nextTurn();
      left += this.channel.count - this.heardOf;
    }
  }
}

/** Makes the slices of runs short, and keeps all of them waiting until the gate is opened. */
export function closeGate(session: InProcess): { open(): void } {
  session.lookTakes = 6;
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  session.betweenSlices = () => opened;
  return { open: () => open() };
}
