import type { Connection } from "vscode-languageserver";
import {
  FIND_FILES,
  type FindFilesParams,
  type FindFilesResult,
  READ_FILE,
  type ReadFileParams,
  type ReadFileResult,
} from "../protocol/index.js";
import type { FileText } from "./environment.js";

/** Files that only the client can read: those of virtual workspaces, and all of them in a browser. */
export class ClientFiles {
  constructor(private readonly connection: Connection) {}

  async read(uri: string): Promise<FileText> {
    const params: ReadFileParams = { uri };
    return this.connection.sendRequest<ReadFileResult>(READ_FILE, params);
  }

  async find(folder: string): Promise<readonly string[]> {
    const params: FindFilesParams = { folder };
    return this.connection.sendRequest<FindFilesResult>(FIND_FILES, params);
  }
}
