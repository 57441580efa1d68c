import * as vscode from "vscode";
import type { HandlerResult } from "vscode-languageclient";
import type { ServerRequests } from "../server/protocol/index.js";
import type { Connection } from "./connection/connection.js";

/** Name of the language, as `package.json` contributes it. */
export const LANGUAGE = "ioasid";

/** The language server as the parts of the extension see it: whatever they ask waits until it has started. */
export class LanguageServer implements vscode.Disposable {
  private connection: Connection | undefined;
  private connecting: Promise<Connection> | undefined;
  private starting: Promise<void> | undefined;
  private readonly waiting: ((connection: Connection) => void)[] = [];

  /** @param connect asked once, in a later turn, since it is what takes long */
  constructor(private readonly connect: () => Promise<Connection>) {}

  /** Begins to start it, and returns at once. */
  start(): void {
    void this.ready();
  }

  /** By hand: ends the server if it runs, and starts a new one. */
  async restart(): Promise<void> {
    this.starting = this.startAnew();
    await this.starting;
  }

  /**
   * Asks the server.
   * @throws when it cannot answer, or when `token` ended the request
   */
  async request<M extends keyof ServerRequests>(
    method: M,
    params: ServerRequests[M]["params"],
    token?: vscode.CancellationToken,
  ): Promise<ServerRequests[M]["result"]> {
    const { client } = await this.ready();
    return client.sendRequest<ServerRequests[M]["result"]>(method, params, token);
  }

  /** Answers requests of the server. */
  answer<P, R>(method: string, handler: (params: P) => HandlerResult<R, void>): vscode.Disposable {
    return this.with(({ client }) => client.onRequest<R, void>(method, handler));
  }

  /** Hears what the server tells without being asked. */
  onNotification<P>(method: string, handler: (params: P) => void): vscode.Disposable {
    return this.with(({ client }) => client.onNotification(method, handler));
  }

  /** Hears of the progress of one request. @param token what the request names it by */
  onProgress<P>(token: string, handler: (value: P) => void): vscode.Disposable {
    return this.with(({ client, progressType }) => client.onProgress(progressType<P>(), token, handler));
  }

  /** Whether it runs now, and every change of that. */
  onDidChangeState(handler: (isRunning: boolean) => void): vscode.Disposable {
    return this.with(({ client }) => client.onDidChangeState(() => handler(client.isRunning())));
  }

  get isRunning(): boolean {
    return this.connection?.client.isRunning() ?? false;
  }

  dispose(): void {
    void this.connecting?.then((connection) => connection.dispose());
  }

  /** Does something with the connection, now or when there is one. */
  private with(register: (connection: Connection) => vscode.Disposable): vscode.Disposable {
    if (this.connection) return register(this.connection);
    let made: vscode.Disposable | undefined;
    let isOver = false;
    this.waiting.push((connection) => {
      if (!isOver) made = register(connection);
    });
    return new vscode.Disposable(() => {
      isOver = true;
      made?.dispose();
    });
  }

  private async ready(): Promise<Connection> {
    const connection = await this.connected();
    this.starting ??= connection.client.start();
    await this.starting;
    return connection;
  }

  private async startAnew(): Promise<void> {
    const { client, forgetFailures } = await this.connected();
    forgetFailures();
    if (client.isRunning()) await client.stop();
    await client.start();
  }

  private connected(): Promise<Connection> {
    this.connecting ??= this.makeConnection();
    return this.connecting;
  }

  private async makeConnection(): Promise<Connection> {
    // Not in the turn in which the extension is activated, for that one is waited for.
    await new Promise((resolve) => setTimeout(resolve, 0));
    const connection = await this.connect();
    this.connection = connection;
    for (const register of this.waiting.splice(0)) register(connection);
    return connection;
  }
}
