import { URI } from "vscode-uri";
import type { FileNames } from "./names.js";

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

function relativePath(from: string, to: string): string {
  const [a, b] = [from, to].map((uri) => URI.parse(uri).path.split("/"));
  let shared = 0;
  while (shared < a!.length - 1 && a![shared] === b![shared]) shared += 1;
  const up = a!.length - 1 - shared;
  return [...Array<string>(up).fill(".."), ...b!.slice(shared)].join("/");
}

function steps(path: string): number {
  return path.split("/").length;
}
