import * as vscode from "vscode";
import { CAPABILITIES, EXPLAIN } from "../server/protocol/index.js";
import type { Extension } from "./extension.js";
import { LANGUAGE } from "./language-server.js";

/** Scheme of the pages about rules; they are read from the server when they are shown. */
export const RULE_SCHEME = "ioasid-rule";

/** Scheme of pages about a file as it is simulated; the query holds the file's address. */
export const PAGE_SCHEME = "ioasid-page";

/** Serves the pages; the links between those about rules lead on. */
export function registerPages({ server }: Extension): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const { workspace } = vscode;
  return vscode.Disposable.from(
    changed,
    workspace.registerTextDocumentContentProvider(RULE_SCHEME, {
      provideTextDocumentContent: async ({ path }, token) => {
        const page = await server.request(EXPLAIN, { page: path.slice(1) }, token);
        return page?.markdown ?? `There is no page \`${path.slice(1)}\`.\n`;
      },
    }),
    workspace.registerTextDocumentContentProvider(PAGE_SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: async ({ query }, token) =>
        (await server.request(CAPABILITIES, { uri: query }, token)).markdown,
    }),
    // The page follows the files that it may be about.
    workspace.onDidChangeTextDocument(({ document: { languageId } }) => {
      if (languageId !== LANGUAGE) return;
      for (const { uri } of workspace.textDocuments) if (uri.scheme === PAGE_SCHEME) changed.fire(uri);
    }),
  );
}

/** Address of the page about what the devices of a file report. */
export function capabilitiesPage(file: vscode.Uri): vscode.Uri {
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  return vscode.Uri.from({ scheme: PAGE_SCHEME, path: `/Devices of ${name}.md`, query: file.toString() });
}

/** Address of the page about a rule. */
export function rulePage(code: string): vscode.Uri {
  return vscode.Uri.from({ scheme: RULE_SCHEME, path: `/${code}.md` });
}

/** Shows a page of Markdown as a reader wants it. */
export async function showPage(page: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand("markdown.showPreview", page);
}
