// Runs the command in its arguments and does not outlive whoever started it: that one holds the other end of
// standard input, which closes even when it is killed. The guard leads the process group of all it started.

import { spawn } from "node:child_process";

const [command = "", ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });
child.once("error", (error) => {
  console.error(error.message);
  process.exit(127);
});
child.once("exit", (code) => process.exit(code ?? 1));
process.stdin.once("end", () => process.kill(-process.pid, "SIGKILL"));
process.stdin.resume();
