import type { FileNames } from "./names.js";
import { relativePath } from "./uris.js";

/**
 * The files that an import of a file can name, as it would write them: those of its workspace folder, those
 * near to it first.
 * @param files addresses of configurations
 */
export function importPaths(names: FileNames, from: string, files: Iterable<string>): string[] {
  const folder = names.folderOf(from);
  const paths: string[] = [];
  for (const file of files) {
    if (file !== from && names.folderOf(file) === folder) paths.push(relativePath(from, file));
  }
  return paths.sort((a, b) => steps(a) - steps(b) || (a < b ? -1 : 1));
}

function steps(path: string): number {
  return path.split("/").length;
}
