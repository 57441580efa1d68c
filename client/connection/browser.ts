import { LanguageClient } from "vscode-languageclient/browser";
import { connectionBy, type MakeConnection } from "./connection.js";
import { ServerWorker } from "./server-worker.js";

/** The language server as a worker. */
export const connect: MakeConnection = (options) => {
  const worker = new ServerWorker(options.extension);
  return connectionBy(
    (client) => new LanguageClient("ioasid", "IOASID", () => worker.start(), client),
    options,
  );
};
