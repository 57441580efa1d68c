import type { FileText } from "./environment.js";
import { type Folder, isInside } from "./names.js";

/** How a client calls the language. */
export const LANGUAGE = "ioasid";

/** Name of the files that the server looks for in a workspace. */
export const EXTENSION = ".ioasid";

/** Folders that hold no configurations of the user's own. */
export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(["node_modules", ".git", ".hg", ".svn"]);

/** More files than this in one workspace folder are not looked at until they are opened. */
export const FILE_LIMIT = 2000;

/** Whether a file is one of those that are looked for in some workspace folder. */
export function isConfigurationFile(uri: string, folders: readonly Folder[]): boolean {
  if (!uri.endsWith(EXTENSION)) return false;
  return folders.some((folder) => {
    if (!isInside(uri, folder.uri)) return false;
    const way = uri.slice(folder.uri.length).split("/").slice(0, -1);
    return !way.some((part) => SKIPPED_FOLDERS.has(part));
  });
}

/** A file that there is none of. */
export function missing(name: string): FileText {
  return { error: `There is no file "${name}".`, missing: true };
}
