import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** What no install here wants: scripts of packages (they would need a compiler), advice, news. */
const QUIETLY = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

/**
 * Runs npm in a folder.
 *
 * @throws with everything npm said, when it fails
 */
export async function npm(folder: string, ...args: readonly string[]): Promise<void> {
  const command = [...args, ...QUIETLY];
  await promisify(execFile)("npm", command, { cwd: folder, maxBuffer: 2 ** 24 }).catch(
    (error: Error & { stdout?: string; stderr?: string }) => {
      throw new Error(
        `npm ${command.join(" ")} failed in ${folder}:\n${error.stderr ?? ""}${error.stdout ?? error.message}`,
      );
    },
  );
}
