import {
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type ServerCapabilities,
  WatchKind,
} from "vscode-languageserver";
import { CONFIG_FILE } from "../../engine/language/index.js";
import type { Changes } from "./changes.js";
import type { Context } from "./context.js";
import { EXTENSION, isConfigurationFile } from "./files.js";
import { type Folder, isInside } from "./names.js";
import { inBackground } from "./quietly.js";
import { keyOf } from "./uris.js";

/** Files and folders that were renamed or deleted in the editor; a folder may hold configurations. */
const FILTERS = [
  { pattern: { glob: `**/*${EXTENSION}` } },
  { pattern: { glob: "**/*", matches: "folder" } },
] as const;

/** Keeps the server's picture of the disk true: the files of the workspace folders, and what they import. */
export class Workspace {
  /** The last reading of the disk for a client that does not watch it. */
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: Context,
    private readonly changes: Changes,
  ) {}

  static capabilities(): ServerCapabilities {
    const filters = [...FILTERS];
    return {
      workspace: {
        workspaceFolders: { supported: true, changeNotifications: true },
        fileOperations: { didRename: { filters }, didDelete: { filters } },
      },
    };
  }

  register(): void {
    const { connection } = this.context;
    connection.onDidChangeWatchedFiles(({ changes }) => {
      for (const { uri, type } of changes) this.changedOnDisk(keyOf(uri), type);
      this.changes.refresh();
    });
    connection.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri } of files) this.gone(keyOf(oldUri));
      for (const { newUri } of files) this.changedOnDisk(keyOf(newUri), FileChangeType.Created);
      inBackground(connection, this.discover());
    });
    connection.workspace.onDidDeleteFiles(({ files }) => {
      for (const { uri } of files) this.gone(keyOf(uri));
      this.changes.refresh();
    });
    if (!this.isWatched) {
      connection.onDidSaveTextDocument(() => {
        this.reading = this.reading.then(() => this.readAgain());
        inBackground(connection, this.reading);
      });
    }
  }

  /** After the client is ready: asks it to watch files, and looks for the configurations of the workspace. */
  async start(): Promise<void> {
    const { connection } = this.context;
    this.followFolders();
    if (this.isWatched) {
      const watchers = [
        { globPattern: `**/*${EXTENSION}` },
        { globPattern: `**/${CONFIG_FILE}` },
        // With a folder goes what is in it, and no watcher of files tells that.
        { globPattern: "**/*", kind: WatchKind.Delete },
      ];
      await connection.client
        .register(DidChangeWatchedFilesNotification.type, { watchers })
        .catch(() => undefined);
    }
    await this.discover();
  }

  /** Listening asks the client to tell, and it takes no request before it is ready. */
  private followFolders(): void {
    const { connection, client } = this.context;
    if (!client.capabilities.workspace?.workspaceFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const folders = added.map(({ uri, name }) => folderOf(uri, name));
      const gone = new Set(removed.map(({ uri, name }) => folderOf(uri, name).uri));
      inBackground(connection, this.foldersChanged(folders, gone));
    });
  }

  private get isWatched(): boolean {
    const { workspace } = this.context.client.capabilities;
    return workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
  }

  /** Makes every configuration of the workspace folders a root file. */
  private async discover(): Promise<void> {
    const { names, programs, environment, connection } = this.context;
    programs.searching();
    try {
      for (const { uri } of names.folders) {
        for (const file of await environment.find(uri)) this.changes.add(keyOf(file));
      }
    } catch (error) {
      connection.console.error(`The workspace cannot be searched for configurations: ${String(error)}`);
    } finally {
      programs.searched();
    }
    this.changes.refresh();
  }

  /** Folders came or went: files that nobody has open and no folder holds are forgotten. */
  private async foldersChanged(added: readonly Folder[], removed: ReadonlySet<string>): Promise<void> {
    const { programs, names, documents, store, checker } = this.context;
    names.changeFolders(added, removed);
    checker.forgetRuns();
    store.forgetAll();
    for (const uri of programs.uris) {
      if (documents.get(uri) || names.isInWorkspace(uri)) this.changes.changed(uri);
      else this.changes.remove(uri);
    }
    await this.discover();
  }

  private changedOnDisk(uri: string, type: FileChangeType): void {
    if (type === FileChangeType.Deleted) this.gone(uri);
    else this.there(uri);
  }

  /** A file is there, or another one now; or a folder with all that is in it. */
  private there(uri: string): void {
    const { connection, documents, store, programs, names } = this.context;
    for (const file of store.known.filter((each) => each === uri || isInside(each, uri))) {
      store.forget(file);
      // While it is open, the client's text is what counts.
      if (!documents.get(file)) this.changes.changed(file);
    }
    if (documents.get(uri) || !isConfigurationFile(uri, names.folders)) return;
    if (!programs.has(uri)) inBackground(connection, this.addIfThere(uri));
  }

  /** What was said to be there may be gone by now. */
  private async addIfThere(uri: string): Promise<void> {
    const { store, names } = this.context;
    await store.load(uri, names.folderOf(uri));
    const found = store.get(uri);
    if (found && !("error" in found && found.missing)) this.changes.add(uri);
  }

  /** A file is gone, or a folder with all that was in it. */
  private gone(uri: string): void {
    const { documents, store, programs } = this.context;
    const known = new Set([...store.known, ...programs.uris]);
    for (const file of [...known].filter((each) => each === uri || isInside(each, uri))) {
      store.forget(file);
      if (documents.get(file)) continue;
      this.changes.changed(file);
      if (programs.has(file)) this.changes.remove(file);
    }
  }

  /** For a client that does not watch files: whatever was saved, other files may have changed as well. */
  private async readAgain(): Promise<void> {
    const { store, names } = this.context;
    for (const uri of await store.readAgain((file) => names.folderOf(file))) {
      const found = store.get(uri);
      const isMissing = found !== undefined && "error" in found && found.missing === true;
      this.changedOnDiskAs(uri, isMissing);
    }
    await this.discover();
  }

  private changedOnDiskAs(uri: string, isMissing: boolean): void {
    const { documents, programs } = this.context;
    if (documents.get(uri)) return;
    this.changes.changed(uri);
    if (isMissing && programs.has(uri)) this.changes.remove(uri);
  }
}

/** A folder as the server calls it: without a slash at its end, except for the root of everything. */
export function folderOf(uri: string, name: string): Folder {
  const key = keyOf(uri);
  return { uri: /[^/:]\/$/.test(key) ? key.slice(0, -1) : key, name };
}
