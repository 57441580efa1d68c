import * as vscode from "vscode";
import { answerFiles, clientOptions, type MakeClient } from "./language-server.js";

/** Starts everything; the entry points for Node and for the browser differ in how the server is started. */
export async function activate(context: vscode.ExtensionContext, makeClient: MakeClient): Promise<void> {
  const output = vscode.window.createOutputChannel("IOASID", { log: true });
  const client = makeClient(clientOptions(output));
  context.subscriptions.push(output, client, answerFiles(client));
  await client.start();
}
