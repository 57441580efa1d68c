import { setImmediate as nextTurn } from "node:timers/promises";
import { IoasidDebugSession } from "../session.js";
import { diskSource } from "./disk.js";

/* The debug adapter as a process that speaks over standard input and output. */
const session = new IoasidDebugSession(diskSource, () => nextTurn());
process.on("SIGTERM", () => session.shutdown());
session.start(process.stdin, process.stdout);
