import type { Connection } from "vscode-languageserver";
import type { StartOptions } from "../../protocol/index.js";
import { ClientFiles } from "../client-files.js";
import type { Environment } from "../environment.js";

/** A worker of a browser: the client reads every file. */
export function browserEnvironment(connection: Connection, { assets }: StartOptions): Environment {
  const files = new ClientFiles(connection);
  return {
    read: (uri) => files.read(uri),
    find: (folder) => files.find(folder),
    asset: async (name) =>
      assets === undefined
        ? { error: `the client does not say where "${name}" is.` }
        : files.read(`${assets}/${name}`),
    // Not a promise of the same turn: messages of the client come as events of their own.
    nextTurn: () => new Promise((resolve) => setTimeout(resolve, 0)),
    now: () => performance.now(),
    after(milliseconds, callback) {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
  };
}
