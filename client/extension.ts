import * as vscode from "vscode";
import type { MakeConnection } from "./connection/connection.js";
import { FollowedFile } from "./following/followed-file.js";
import { SelectedThread } from "./following/selected-thread.js";
import { Staleness } from "./following/staleness.js";
import { LanguageServer } from "./language-server.js";
import { PARTS } from "./parts.js";

/** What every part of the extension may use. */
export interface Extension {
  readonly context: vscode.ExtensionContext;
  readonly server: LanguageServer;
  /** The configuration that views are about. */
  readonly followed: FollowedFile;
  /** The scenario under the debugger that the user has selected. */
  readonly selected: SelectedThread;
  /** Tells views when what they show of a file may be old. */
  readonly staleness: Staleness;
  /** Results, as text for people. */
  readonly output: vscode.OutputChannel;
  /** What the client of the server has to say. */
  readonly log: vscode.LogOutputChannel;
}

/**
 * Puts the extension together. The server is started and not waited for: whoever needs it waits for itself.
 * The entry points for Node and for the browser differ in how the server is reached.
 */
export function activate(
  context: vscode.ExtensionContext,
  loadConnection: () => Promise<MakeConnection>,
): void {
  const output = vscode.window.createOutputChannel("IOASID");
  const log = vscode.window.createOutputChannel("IOASID Language Server", { log: true });
  const server = new LanguageServer(async () => {
    const connect = await loadConnection();
    return connect({ extension: context.extensionUri, log });
  });
  const followed = new FollowedFile();
  const selected = new SelectedThread();
  const staleness = new Staleness(server);
  const extension: Extension = { context, server, followed, selected, staleness, output, log };
  context.subscriptions.push(
    server,
    followed,
    selected,
    staleness,
    output,
    log,
    ...PARTS.map((part) => part(extension)),
  );
  void vscode.commands.executeCommand("setContext", "ioasid.isActive", true);
  server.start();
}
