import { performance } from "node:perf_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Connection } from "vscode-languageserver";
import { ClientFiles } from "../client-files.js";
import type { Environment } from "../environment.js";
import { missing } from "../files.js";
import { findOnDisk, readFromDisk } from "./disk.js";

/** A Node process: files of the disk are read here, all others by the client. @param asksClient whether it offers that */
export function nodeEnvironment(connection: Connection, asksClient: () => boolean): Environment {
  const client = new ClientFiles(connection);
  const isOnDisk = (uri: string): boolean => uri.startsWith("file:");
  return {
    async read(uri, folder) {
      if (isOnDisk(uri)) return readFromDisk(uri, folder);
      return asksClient() ? client.read(uri) : missing(uri);
    },
    async find(folder) {
      if (asksClient()) return client.find(folder);
      return isOnDisk(folder) ? findOnDisk(folder) : [];
    },
    nextTurn: () => nextTurn(),
    now: () => performance.now(),
  };
}
