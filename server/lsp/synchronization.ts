import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { CONFIG_FILE } from "../../engine/language/index.js";
import type { Context } from "./context.js";
import type { DiagnosticsFeature } from "./diagnostics.js";
import type { Environment } from "./environment.js";
import { EXTENSION } from "./files.js";
import { keyOf } from "./uris.js";

/** Keeps the server's picture of the workspace true: open documents, files of the disk, folders. */
export class Synchronization {
  constructor(
    private readonly context: Context,
    private readonly diagnostics: DiagnosticsFeature,
    private readonly environment: Environment,
  ) {}

  static capabilities(): ServerCapabilities {
    return {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      workspace: {
        workspaceFolders: { supported: true, changeNotifications: true },
        fileOperations: { didRename: { filters: [{ pattern: { glob: `**/*${EXTENSION}` } }] } },
      },
    };
  }

  register(): void {
    const { connection, documents, programs } = this.context;
    connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
      const key = keyOf(uri);
      documents.opened(key, version, text, uri);
      this.context.names.spell(key, uri);
      if (!key.endsWith(CONFIG_FILE)) programs.add(key);
      this.changed(key);
    });
    connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
      const key = keyOf(uri);
      documents.changed(key, version, contentChanges);
      this.changed(key);
    });
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      const key = keyOf(uri);
      documents.closed(key);
      // What counts from here on is the disk, which may be another text than the one that was closed.
      this.context.store.forget(key);
      void this.closed(key);
    });
    connection.onDidChangeWatchedFiles(({ changes }) => {
      for (const { uri, type } of changes) this.changedOnDisk(keyOf(uri), type);
      this.diagnostics.refresh();
    });
    connection.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) {
        this.changedOnDisk(keyOf(oldUri), FileChangeType.Deleted);
        this.changedOnDisk(keyOf(newUri), FileChangeType.Created);
      }
      this.diagnostics.refresh();
    });
  }

  /** After the client is ready: asks it to watch files, and looks for the configurations of the workspace. */
  async start(): Promise<void> {
    const { connection, client } = this.context;
    const { workspace } = client.capabilities;
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: `**/*${EXTENSION}` }, { globPattern: `**/${CONFIG_FILE}` }],
      });
    }
    if (workspace?.didChangeConfiguration?.dynamicRegistration) {
      await connection.client.register(DidChangeConfigurationNotification.type, { section: "ioasid" });
    }
    await this.discover();
  }

  /** Makes every configuration of the workspace folders a root file. */
  async discover(): Promise<void> {
    const { names, programs } = this.context;
    try {
      for (const { uri } of names.folders) {
        for (const file of await this.environment.find(uri)) {
          const key = keyOf(file);
          if (programs.has(key)) continue;
          programs.add(key);
          this.diagnostics.schedule(key);
        }
      }
    } finally {
      programs.searched();
    }
    this.diagnostics.refresh();
  }

  /** Folders of the workspace came or went: files that nobody has open and no folder holds are forgotten. */
  async foldersChanged(): Promise<void> {
    const { programs, names, documents, store } = this.context;
    store.forgetAll();
    for (const uri of programs.uris) {
      const isInside = names.folders.some((folder) => folder.uri === names.folderOf(uri));
      if (!isInside && !documents.get(uri)) this.remove(uri);
      else this.changed(uri);
    }
    await this.discover();
  }

  /** A text is another one now, for this file and for all that read it. */
  changed(uri: string): void {
    for (const root of this.context.programs.changed(uri)) this.diagnostics.schedule(root);
  }

  /** Something that every file is compiled with is another one now. */
  allChanged(): void {
    for (const uri of this.context.programs.uris) this.changed(uri);
  }

  private changedOnDisk(uri: string, type: FileChangeType): void {
    const { documents, store, programs } = this.context;
    store.forget(uri);
    // While it is open, the client's text is what counts.
    if (documents.get(uri)) return;
    if (type === FileChangeType.Deleted) {
      this.changed(uri);
      if (programs.has(uri)) this.remove(uri);
      return;
    }
    if (uri.endsWith(EXTENSION)) programs.add(uri);
    this.changed(uri);
  }

  private async closed(uri: string): Promise<void> {
    const { programs, names, store, documents } = this.context;
    // From now on the text that was closed counts for nobody, though it takes a moment to know what does.
    this.changed(uri);
    await store.load(uri, names.folderOf(uri));
    const found = store.get(uri);
    const isOnDisk = found && "text" in found && names.isInWorkspace(uri) && uri.endsWith(EXTENSION);
    if (!isOnDisk && !documents.get(uri) && programs.has(uri)) this.remove(uri);
  }

  private remove(uri: string): void {
    this.context.programs.remove(uri);
    this.diagnostics.forget(uri);
  }
}
