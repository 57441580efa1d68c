import type { Dirent } from "node:fs";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { FileText } from "../environment.js";
import { EXTENSION, FILE_LIMIT, missing, SKIPPED_FOLDERS } from "../files.js";

/** More than this is no configuration. */
const LIMIT_BYTES = 256 * 1024 * 1024;

/**
 * The text of a file: UTF-8 without its byte order mark, each invalid byte as U+FFFD.
 * @param folder address of the folder that it must lie in when links are followed
 */
export async function readFromDisk(uri: string, folder: string): Promise<FileText> {
  const path = fileURLToPath(uri);
  try {
    const [real, top] = await Promise.all([realpath(path), realpath(fileURLToPath(folder))]);
    if (!isBelow(real, top)) {
      return { error: `"${path}" is a link to "${real}", outside the folder of this workspace (${top}).` };
    }
    const found = await stat(real);
    if (found.isDirectory()) return { error: `"${path}" is a directory; an import names one file.` };
    if (!found.isFile()) return { error: `"${path}" is not a regular file; an import names one file.` };
    if (found.size > LIMIT_BYTES) return { error: `"${path}" is larger than 256 MiB.` };
    return { text: new TextDecoder("utf-8").decode(await readFile(real)) };
  } catch (error) {
    return reasonFor(path, error);
  }
}

/** Addresses of the configurations below a folder; links to folders are not followed, so it ends. */
export async function findOnDisk(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const folders = [fileURLToPath(folder)];
  for (let at = folders.pop(); at !== undefined && found.length < FILE_LIMIT; at = folders.pop()) {
    for (const entry of await entriesOf(at)) {
      const path = join(at, entry.name);
      if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) folders.push(path);
      else if (entry.isFile() && entry.name.endsWith(EXTENSION)) found.push(pathToFileURL(path).toString());
    }
  }
  return found.slice(0, FILE_LIMIT).sort();
}

/** A folder that cannot be read holds nothing that could be checked. */
function entriesOf(path: string): Promise<Dirent[]> {
  return readdir(path, { withFileTypes: true }).catch(() => []);
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function reasonFor(path: string, error: unknown): FileText {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return missing(path);
    case "EACCES":
    case "EPERM":
      return { error: `"${path}" cannot be read: permission denied.` };
    case "ELOOP":
      return { error: `"${path}" cannot be read: its symbolic links form a loop.` };
    default:
      return {
        error: `"${path}" cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      };
  }
}
