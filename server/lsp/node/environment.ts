import { readFile, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Connection } from "vscode-languageserver";
import type { StartOptions } from "../../protocol/index.js";
import { ClientFiles } from "../client-files.js";
import type { Environment, FileText } from "../environment.js";
import { missing } from "../files.js";
import { findOnDisk, readFromDisk } from "./disk.js";
import { makeRoom } from "./memory.js";

/** Turns of the event loop from bytes that arrive to the message that they are, and to who handles it. */
const TURNS_OF_A_MESSAGE = 3;

/** A Node process: files of the disk are read here, all others by the client, where it offers that. */
export function nodeEnvironment(connection: Connection, options: StartOptions): Environment {
  const client = new ClientFiles(connection);
  const asksClient = options.files === true;
  const isOnDisk = (uri: string): boolean => uri.startsWith("file:");
  return {
    async read(uri, folder) {
      if (isOnDisk(uri)) return readFromDisk(uri, folder);
      return asksClient ? client.read(uri) : missing(uri);
    },
    async find(folder) {
      if (asksClient) return client.find(folder);
      return isOnDisk(folder) ? findOnDisk(folder) : [];
    },
    asset,
    async nextTurn() {
      for (let turn = 0; turn < TURNS_OF_A_MESSAGE; turn += 1) await nextTurn();
    },
    now: () => performance.now(),
    after(milliseconds, callback) {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
    makeRoom,
  };
}

/** The build puts everything into the folder of the program. */
async function asset(name: string): Promise<FileText> {
  const program = process.argv[1] ?? "";
  try {
    // What npm puts on the path is a link to the program.
    return { text: await readFile(join(dirname(await realpath(program)), name), "utf8") };
  } catch (error) {
    return { error: `"${name}" cannot be read: ${error instanceof Error ? error.message : String(error)}.` };
  }
}
