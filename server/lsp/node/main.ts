import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "../start-server.js";
import { nodeEnvironment } from "./environment.js";
import { keepMemorySmall } from "./memory.js";

keepMemorySmall();

/*
 * The language server as a process: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME` say how the
 * client speaks with it.
 */
if (!process.argv.some((argument) => /^--(stdio|node-ipc|socket|pipe)\b/.test(argument))) {
  process.argv.push("--stdio");
}

const connection = createConnection(ProposedFeatures.all);
startServer(connection, (options) => nodeEnvironment(connection, options));
