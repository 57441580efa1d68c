import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import {
  analyze,
  CONFIG_FILE,
  type Host,
  type ReadConfig,
  readConfig,
  unreadableConfig,
} from "../../../engine/language/index.js";
import { behind } from "../interfaces.js";
import type { LoadedProgram, LoadOptions, ProgramSource } from "../program-source.js";

/** What makes a folder a workspace, for a file that no client has placed in one. */
const MARKERS = [".git", "package.json", CONFIG_FILE];

/** Programs from the disk: an import reaches files in the workspace of the program, or in the folder that was named. */
export const diskSource: ProgramSource = {
  load: (path, options) => Promise.resolve(loadFrom(resolve(path), options)),
};

function loadFrom(path: string, { root, uapi }: LoadOptions): LoadedProgram | { readonly error: string } {
  const first = textOf(path);
  if (typeof first !== "string") return first;
  const real = realPathOf(path);
  const folder = root === undefined ? workspaceOf(dirname(real)) : realPathOf(root);
  const nameOf = (file: string): string => (isBelow(file, folder) ? relative(folder, file) : file);
  const host: Host = {
    read: (name) => textOf(resolve(folder, name)),
    resolve: (from, target) => {
      const found = realPathOf(resolve(dirname(resolve(folder, from)), target));
      if (isBelow(found, folder)) return nameOf(found);
      return { error: `"${target}" lies outside ${folder}; an import reaches only files in it.` };
    },
  };
  const config = configFor(dirname(real), folder, nameOf);
  const options = { ...(config && { config }) };
  const written = analyze(nameOf(real), host, options);
  const { sources } = written.program;
  const found = behind(written, host, options, uapi);
  if ("error" in found) return found;
  return {
    ...found,
    pathOf: (file) => resolve(folder, file),
    fileOf: (client) => {
      const name = nameOf(realPathOf(client));
      return sources.has(name) ? name : undefined;
    },
    changed: () => [...sources].flatMap(([name, text]) => (host.read(name) === text ? [] : [name])),
  };
}

/** The nearest configuration in a folder or above it, up to the folder of the workspace. */
function configFor(folder: string, top: string, nameOf: (file: string) => string): ReadConfig | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, CONFIG_FILE);
    if (existsSync(path)) {
      const text = textOf(path);
      return typeof text === "string"
        ? readConfig(text, nameOf(path))
        : unreadableConfig(nameOf(path), text.error);
    }
    if (at === top || dirname(at) === at) return undefined;
  }
}

function workspaceOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (MARKERS.some((marker) => existsSync(join(at, marker)))) return at;
    if (dirname(at) === at) return folder;
  }
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
