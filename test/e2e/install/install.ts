import { existsSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { runToEnd } from "../harness/command.js";
import { makeOnce } from "./once.js";
import {
  type Installation,
  installationIn,
  installFolder,
  MANIFEST_FILES,
  MANIFEST_FOLDER,
  stamp,
} from "./places.js";
import { unpackChromium } from "./unpack.js";

/** Whether this machine can run the editor: its Node and its Chromium exist for Linux on x64 alone. */
export const isSupported = process.platform === "linux" && process.arch === "x64";

/**
 * The editor that the manifest in test/e2e/editor asks for, where it has been installed.
 *
 * @throws when it has not
 */
export function installedEditor(): Installation {
  const folder = join(installFolder(), stamp());
  if (!existsSync(folder)) throw new Error("The editor is not installed. Run `npm run test:e2e:install`.");
  return installationIn(folder);
}

/**
 * Installs the editor unless it is there already. It needs the npm registry and half a minute, and nothing
 * else: no compiler, no rights, no other server.
 *
 * @param say told what is going on, a sentence each time
 */
export async function installEditor(say: (sentence: string) => void): Promise<Installation> {
  const folder = await makeOnce(installFolder(), stamp(), async (unfinished) => {
    say(`Installing VS Code and Chromium for the tests into ${installFolder()}. This happens once.`);
    for (const name of MANIFEST_FILES) await copyFile(join(MANIFEST_FOLDER, name), join(unfinished, name));
    await npm(unfinished, "ci");
    // The server brings a lock file of its own for this, though not one that `npm ci` takes.
    await npm(join(unfinished, "node_modules/code-server/lib/vscode"), "install", "--omit=dev");
    await unpackChromium(unfinished);
  });
  return installationIn(folder);
}

/** Without the scripts of packages, which would need a compiler, and without advice and news. */
async function npm(folder: string, ...args: readonly string[]): Promise<void> {
  const quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await runToEnd(["npm", ...args, ...quietly], { folder });
}
