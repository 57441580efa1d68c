import { cp, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** What the folder holds that a window opens. */
export interface WorkspaceSource {
  /** A folder of the repository, from its root; the window gets a copy, under the same name. */
  readonly folder?: string;
  /** Texts of files by their path in the workspace; they come on top of those of `folder`. */
  readonly files?: Readonly<Record<string, string>>;
}

/**
 * Makes a folder that a test may change as it likes.
 *
 * @param parent where; several with the same name have room there
 * @returns the absolute path of the workspace
 */
export async function makeWorkspace(
  parent: string,
  { folder, files = {} }: WorkspaceSource,
): Promise<string> {
  await mkdir(parent, { recursive: true });
  const path = join(await mkdtemp(join(parent, "w")), folder === undefined ? "workspace" : basename(folder));
  if (folder === undefined) await mkdir(path);
  else await cp(folder, path, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  return path;
}
