import type { FileText } from "./environment.js";

/** Name of the files that the server looks for in a workspace. */
export const EXTENSION = ".ioasid";

/** Folders that hold no configurations of the user's own. */
export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(["node_modules", ".git", ".hg", ".svn"]);

/** More files than this in one workspace folder are not looked at until they are opened. */
export const FILE_LIMIT = 2000;

/** A file that there is none of. */
export function missing(name: string): FileText {
  return { error: `There is no file "${name}".`, missing: true };
}
