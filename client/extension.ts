import * as vscode from "vscode";
import { clientOptions } from "./client-options.js";
import { FollowedFile } from "./following/followed-file.js";
import { Staleness } from "./following/staleness.js";
import { LanguageServer, type MakeClient } from "./language-server.js";
import { PARTS } from "./parts.js";
import { ServerFailures } from "./server-failures.js";
import { TraceChannel } from "./trace-channel.js";

/** What every part of the extension may use. */
export interface Extension {
  readonly context: vscode.ExtensionContext;
  readonly server: LanguageServer;
  readonly failures: ServerFailures;
  /** The configuration that views are about. */
  readonly followed: FollowedFile;
  /** Tells views when what they show of a file may be old. */
  readonly staleness: Staleness;
  /** Results, as text for people. */
  readonly output: vscode.OutputChannel;
  /** What the client of the server has to say. */
  readonly log: vscode.LogOutputChannel;
  /** Whether the debug adapter runs here: it is a program, which a browser cannot start. */
  readonly debugs: boolean;
}

/**
 * Puts the extension together. The server is started and not waited for: whoever needs it waits for itself.
 * The entry points for Node and for the browser differ in how the server is made.
 */
export function activate(context: vscode.ExtensionContext, makeClient: MakeClient, debugs: boolean): void {
  const output = vscode.window.createOutputChannel("IOASID");
  const log = vscode.window.createOutputChannel("IOASID Language Server", { log: true });
  const trace = new TraceChannel();
  const failures = new ServerFailures();
  const server = new LanguageServer(
    makeClient(clientOptions(context.extensionUri, log, trace, failures, debugs)),
  );
  const followed = new FollowedFile();
  const staleness = new Staleness(server);
  const extension: Extension = { context, server, failures, followed, staleness, output, log, debugs };
  context.subscriptions.push(
    server,
    followed,
    staleness,
    output,
    log,
    trace,
    ...PARTS.map((part) => part(extension)),
  );
  void vscode.commands.executeCommand("setContext", "ioasid.isActive", true);
  server.start();
}
