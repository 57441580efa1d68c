import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";

const UNFINISHED = "unfinished-";

/**
 * Makes a folder unless it is there already.
 *
 * It is filled under another name and gets its own at the very end. So a folder with that name is whole,
 * whatever became of those who tried before, and of two who make it at once the later one takes what the
 * earlier one made.
 *
 * @param parent where the folder is
 * @param name of the folder
 * @param fill given the absolute path of an empty folder
 * @returns the path of the folder
 */
export async function makeOnce(
  parent: string,
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(parent, name);
  if (existsSync(folder)) return folder;

  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent);
  const unfinished = await mkdtemp(join(parent, `${UNFINISHED}${process.pid}-`));
  try {
    await fill(unfinished);
    await rename(unfinished, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** Removes what was left by those who were killed. */
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
