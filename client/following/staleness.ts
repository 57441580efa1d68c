import * as vscode from "vscode";
import { SIMULATED, type SimulatedParams } from "../../server/protocol/index.js";
import type { LanguageServer } from "../language-server.js";

/**
 * After a change of a text the server says when it has run it. When no word has come for so many
 * milliseconds, there is none to come, or the run takes long: it is time to ask.
 */
const PATIENCE_MILLISECONDS = 1000;

/** Tells when what is shown of a file's simulation may be old. */
export class Staleness implements vscode.Disposable {
  private readonly stale = new vscode.EventEmitter<string>();
  private readonly waiting = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly listening: vscode.Disposable;

  /** Fires with the address of the file, as the server spells it. */
  readonly onDidGetStale = this.stale.event;

  constructor(server: LanguageServer) {
    this.listening = vscode.Disposable.from(
      server.onNotification<SimulatedParams>(SIMULATED, ({ uri }) => this.tell(uri)),
      server.onDidChangeState((isRunning) => {
        if (isRunning) for (const { uri } of vscode.workspace.textDocuments) this.tell(uri.toString());
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.expect(document.uri.toString());
      }),
    );
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.listening.dispose();
    this.stale.dispose();
  }

  private expect(uri: string): void {
    clearTimeout(this.waiting.get(uri));
    this.waiting.set(
      uri,
      setTimeout(() => this.tell(uri), PATIENCE_MILLISECONDS),
    );
  }

  private tell(uri: string): void {
    clearTimeout(this.waiting.get(uri));
    this.waiting.delete(uri);
    this.stale.fire(uri);
  }
}
