import { setFlagsFromString } from "node:v8";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "../start-server.js";
import { nodeEnvironment } from "./environment.js";

/*
 * A program of 10,000 lines is 10 MB, and each edit makes a new one. Left to itself the collector lets the old ones
 * pile up to many times of that before it looks for them, and gives new objects three times 16 MB of room. Asked to
 * look earlier and to keep the room small, the server needs half the memory and a tenth more time.
 */
setFlagsFromString("--heap-growing-percent=20");
setFlagsFromString("--semi-space-growth-factor=1");

/*
 * The language server as a process: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME` say how the
 * client speaks with it.
 */
if (!process.argv.some((argument) => /^--(stdio|node-ipc|socket|pipe)\b/.test(argument))) {
  process.argv.push("--stdio");
}

const connection = createConnection(ProposedFeatures.all);
startServer(connection, (options) => nodeEnvironment(connection, options));
