import { CodeLensRefreshRequest } from "vscode-languageserver";
import type { Compiled } from "./compile.js";
import type { Context } from "./context.js";
import { withoutAnswer } from "./quietly.js";

/**
 * Lets the client ask anew for what it shows of runs between the lines of a document, when a run differs
 * though the document is the same: another file of the program has changed.
 */
export function refreshAfterRuns({ connection, client, documents, programs }: Context): void {
  const { codeLens, inlayHint } = client.capabilities.workspace ?? {};
  const shown = new Map<string, Compiled>();
  programs.onRan((compiled) => {
    const { uri, version } = compiled;
    const before = shown.get(uri);
    if (!documents.get(uri)) {
      shown.delete(uri);
      return;
    }
    shown.set(uri, compiled);
    if (!before || before.version !== version) return;
    if (codeLens?.refreshSupport) withoutAnswer(connection.sendRequest(CodeLensRefreshRequest.type));
    if (inlayHint?.refreshSupport) withoutAnswer(connection.languages.inlayHint.refresh());
  });
}
