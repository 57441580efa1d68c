import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { URI } from "vscode-uri";
import { CONFIG_FILE } from "../../engine/language/index.js";
import type { Changes } from "./changes.js";
import type { Context } from "./context.js";
import { EXTENSION, isConfigurationFile, LANGUAGE } from "./files.js";
import { LargeNotice } from "./large-notice.js";
import { inBackground, withoutAnswer } from "./quietly.js";
import { keyOf } from "./uris.js";

/** Keeps the server's picture of the open documents true. */
export class Synchronization {
  private readonly notice: LargeNotice;

  constructor(
    private readonly context: Context,
    private readonly changes: Changes,
  ) {
    const { connection, documents, names } = context;
    this.notice = new LargeNotice(connection, documents, names);
  }

  static capabilities(): ServerCapabilities {
    return {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    };
  }

  register(): void {
    const { connection, documents, names, programs, store } = this.context;
    connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
      const key = keyOf(uri);
      documents.opened(key, version, text, uri);
      this.makeRoom();
      names.spell(key, uri);
      this.changes.forgetTold(key);
      if (isRootDocument(key, languageId)) programs.add(key);
      this.changes.changed(key);
      this.notice.look(key);
    });
    connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
      const key = keyOf(uri);
      documents.changed(key, version, contentChanges);
      this.makeRoom();
      this.changes.changed(key);
      this.notice.look(key);
    });
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      const key = keyOf(uri);
      documents.closed(key);
      this.makeRoom();
      this.notice.closed(key);
      // What counts from here on is the disk, which may be another text than the one that was closed.
      store.forget(key);
      this.changes.forgetTold(key);
      inBackground(connection, this.closed(key));
    });
  }

  /** Configurations are documents of another language, which a client sends when it is asked to. */
  async start(): Promise<void> {
    const { connection, client } = this.context;
    if (!client.capabilities.textDocument?.synchronization?.dynamicRegistration) return;
    const documentSelector = [{ pattern: `**/${CONFIG_FILE}` }];
    const kinds = [
      connection.client.register(DidOpenTextDocumentNotification.type, { documentSelector }),
      connection.client.register(DidChangeTextDocumentNotification.type, {
        documentSelector,
        syncKind: TextDocumentSyncKind.Incremental,
      }),
      connection.client.register(DidCloseTextDocumentNotification.type, { documentSelector }),
    ];
    for (const kind of kinds) withoutAnswer(kind);
    await Promise.allSettled(kinds);
  }

  private makeRoom(): void {
    const { environment, documents } = this.context;
    environment.makeRoom?.(documents.units);
  }

  private async closed(uri: string): Promise<void> {
    const { programs, names, store, documents } = this.context;
    // From now on the text that was closed counts for nobody, though it takes a moment to know what does.
    this.changes.changed(uri);
    await store.load(uri, names.folderOf(uri));
    const found = store.get(uri);
    const isOnDisk = found && "text" in found && isConfigurationFile(uri, names.folders);
    if (!isOnDisk && !documents.get(uri) && programs.has(uri)) this.changes.remove(uri);
  }
}

/**
 * Whether a document is a program of its own. One with a query in its address is an older state of a file
 * that an editor shows beside the present one: its imports would not be of that state.
 */
function isRootDocument(uri: string, languageId: string): boolean {
  const isOfLanguage = languageId === LANGUAGE || uri.endsWith(EXTENSION);
  return isOfLanguage && !uri.endsWith(`/${CONFIG_FILE}`) && URI.parse(uri).query === "";
}
