import { execFile } from "node:child_process";
import { promisify } from "node:util";

/**
 * Runs a command to its end.
 *
 * @param environment all of its environment: nothing is added
 * @throws with all it has written, when it fails
 */
export async function runToEnd(command: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const [program = "", ...args] = command;
  await promisify(execFile)(program, args, { env: environment, maxBuffer: 2 ** 24 }).catch(
    (error: Error & { stdout?: string; stderr?: string }) => {
      throw new Error(`${command.join(" ")} failed:\n${error.stderr ?? ""}${error.stdout ?? error.message}`);
    },
  );
}
