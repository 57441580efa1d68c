import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { analyze, type Host } from "../../../engine/language/index.js";
import type { LoadedProgram, ProgramSource } from "../program-source.js";

/** Programs from the disk: an import reaches files below the folder of the program, or of `root`. */
export function diskSource(root?: string): ProgramSource {
  return {
    load: (path) => Promise.resolve(loadFrom(resolve(path), root)),
  };
}

function loadFrom(path: string, root: string | undefined): LoadedProgram | { readonly error: string } {
  const first = textOf(path);
  if (typeof first !== "string") return first;
  const folder = root ?? dirname(realPathOf(path));
  const nameOf = (file: string): string => (isBelow(file, folder) ? relative(folder, file) : file);
  const host: Host = {
    read: (name) => textOf(resolve(folder, name)),
    resolve: (from, target) => {
      const found = realPathOf(resolve(dirname(resolve(folder, from)), target));
      if (isBelow(found, folder)) return nameOf(found);
      return { error: `"${target}" lies outside ${folder}; an import reaches only files in it.` };
    },
  };
  const analysis = analyze(nameOf(realPathOf(path)), host);
  return {
    analysis,
    pathOf: (file) => resolve(folder, file),
    fileOf: (client) => {
      const name = nameOf(realPathOf(client));
      return analysis.program.sources.has(name) ? name : undefined;
    },
  };
}

function textOf(path: string): string | { readonly error: string } {
  try {
    if (!statSync(path).isFile()) return { error: `"${path}" is no file.` };
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    return { error: `"${path}" cannot be read: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

/** The path without symbolic links; of a file that is not there, the path itself. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
