import { execFile } from "node:child_process";
import { promisify } from "node:util";

/**
 * Runs a command to its end.
 *
 * @returns what it has written to its standard output
 * @throws with all it has written, when it fails
 */
export async function runToEnd(
  command: readonly string[],
  where: { readonly folder?: string; readonly environment?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const [program = "", ...args] = command;
  const options = { cwd: where.folder, env: where.environment ?? process.env, maxBuffer: 2 ** 24 };
  const { stdout } = await promisify(execFile)(program, args, options).catch(
    (error: Error & { stdout?: string; stderr?: string }) => {
      throw new Error(
        `${command.join(" ")} failed${where.folder === undefined ? "" : ` in ${where.folder}`}:\n` +
          `${error.message}\n${error.stderr ?? ""}${error.stdout ?? ""}`,
      );
    },
  );
  return stdout;
}
