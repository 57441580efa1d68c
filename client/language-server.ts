import type * as vscode from "vscode";
import {
  type BaseLanguageClient,
  type HandlerResult,
  type LanguageClientOptions,
  ProgressType,
  State,
} from "vscode-languageclient";
import type { ServerRequests } from "../server/protocol/index.js";

/** Name of the language, as `package.json` contributes it. */
export const LANGUAGE = "ioasid";

/** Makes the client of a language server that runs somewhere: in a process, or in a worker. */
export type MakeClient = (options: LanguageClientOptions) => BaseLanguageClient;

/** The language server as the parts of the extension see it: whatever they ask waits until it has started. */
export class LanguageServer implements vscode.Disposable {
  private starting: Promise<void> | undefined;

  constructor(private readonly client: BaseLanguageClient) {}

  /** Begins to start it, and returns at once. */
  start(): void {
    void this.ready();
  }

  /** Ends the server if it runs, and starts a new one. */
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
    await this.ready();
    return this.client.sendRequest<ServerRequests[M]["result"]>(method, params, token);
  }

  /** Answers requests of the server. */
  answer<P, R>(method: string, handler: (params: P) => HandlerResult<R, void>): vscode.Disposable {
    return this.client.onRequest<R, void>(method, handler);
  }

  /** Hears what the server tells without being asked. */
  onNotification<P>(method: string, handler: (params: P) => void): vscode.Disposable {
    return this.client.onNotification(method, handler);
  }

  /** Hears of the progress of one request. @param token what the request names it by */
  onProgress<P>(token: string, handler: (value: P) => void): vscode.Disposable {
    return this.client.onProgress(new ProgressType<P>(), token, handler);
  }

  /** Whether it runs now, and every change of that. */
  onDidChangeState(handler: (isRunning: boolean) => void): vscode.Disposable {
    return this.client.onDidChangeState(({ newState }) => handler(newState === State.Running));
  }

  get isRunning(): boolean {
    return this.client.state === State.Running;
  }

  dispose(): void {
    void this.client.dispose();
  }

  private ready(): Promise<void> {
    this.starting ??= this.client.start();
    return this.starting;
  }

  private async startAnew(): Promise<void> {
    if (this.client.state === State.Running) await this.client.stop();
    await this.client.start();
  }
}
