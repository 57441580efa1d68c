import { setFlagsFromString } from "node:v8";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "../start-server.js";
import { nodeEnvironment } from "./environment.js";

/*
 * A program of 10,000 lines is 13 MB, and each edit makes a new one. Left to itself the collector lets the old ones
 * pile up to many times of that before it looks for them; asked to look earlier, it costs no measurable time.
 */
setFlagsFromString("--heap-growing-percent=20");

/*
 * The language server as a process: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME` say how the
 * client speaks with it.
 */
if (!process.argv.some((argument) => /^--(stdio|node-ipc|socket|pipe)\b/.test(argument))) {
  process.argv.push("--stdio");
}

const connection = createConnection(ProposedFeatures.all);
startServer(connection, (options) => nodeEnvironment(connection, options));
