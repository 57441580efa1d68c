import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { runToEnd } from "../harness/command.js";
import {
  type Installation,
  installationIn,
  installFolder,
  MANIFEST_FILES,
  MANIFEST_FOLDER,
  stamp,
} from "./places.js";
import { unpackChromium } from "./unpack.js";

const UNFINISHED = "unfinished-";

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
 * Everything happens in a folder of its own, which gets its name at the very end. So a folder with that name
 * is whole, whatever became of earlier installs, and of two installs at once the later one takes what the
 * earlier one made.
 *
 * @param say told what is going on, a sentence each time
 */
export async function installEditor(say: (sentence: string) => void): Promise<Installation> {
  const parent = installFolder();
  const folder = join(parent, stamp());
  if (existsSync(folder)) return installationIn(folder);

  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent);
  say(`Installing VS Code and Chromium for the tests into ${folder}. This happens once.`);
  const staging = await mkdtemp(join(parent, `${UNFINISHED}${process.pid}-`));
  try {
    await installInto(staging);
    await rename(staging, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return installationIn(folder);
}

async function installInto(folder: string): Promise<void> {
  for (const name of MANIFEST_FILES) await copyFile(join(MANIFEST_FOLDER, name), join(folder, name));
  await npm(folder, "ci");
  // The server brings a lock file of its own for this, though not one that `npm ci` takes.
  await npm(join(folder, "node_modules/code-server/lib/vscode"), "install", "--omit=dev");
  await unpackChromium(folder);
}

/** Without the scripts of packages, which would need a compiler, and without advice and news. */
function npm(folder: string, ...args: readonly string[]): Promise<void> {
  const quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  return runToEnd(["npm", ...args, ...quietly], { folder });
}

/** Removes what installs that were killed have left. */
async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(UNFINISHED) || isAlive(Number.parseInt(name.slice(UNFINISHED.length), 10))) continue;
    await rm(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
