import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CONFIG_FILE, type ReadConfig, readConfig, unreadableConfig } from "../engine/language/index.js";
import { readText, realPath, STDIN, shortName, workspaceOf } from "./files.js";

/** The configuration files that hold for the named files of one call, each read once. */
export class Configs {
  private readonly byPath = new Map<string, ReadConfig>();
  /** Every path at which a configuration was looked for: one that appears there would count. */
  readonly looked = new Set<string>();

  /**
   * The nearest `ioasid.config.json` in the folder of a file or above it, up to the folder of its
   * workspace; `undefined` when there is none. What is wrong with it comes with the first file that it
   * holds for, so that it is told once.
   * @param file as the command line gave it, or `STDIN`, which counts as a file of the current folder
   */
  for(file: string): ReadConfig | undefined {
    const path = this.pathFor(file);
    if (path === undefined) return undefined;
    const known = this.byPath.get(path);
    if (known) return { ...known, diagnostics: [] };
    const read = readAt(path);
    this.byPath.set(path, read);
    return read;
  }

  private pathFor(file: string): string | undefined {
    const folder = dirname(file === STDIN ? resolve(STDIN) : realPath(file));
    const top = workspaceOf(folder);
    for (let at = folder; ; at = dirname(at)) {
      const path = join(at, CONFIG_FILE);
      this.looked.add(path);
      if (statSync(path, { throwIfNoEntry: false })) return path;
      if (at === top || dirname(at) === at) return undefined;
    }
  }
}

function readAt(path: string): ReadConfig {
  const name = shortName(path);
  if (!statSync(path).isFile()) return unreadableConfig(name, `"${name}" is no file.`);
  const text = readText(path, name);
  return typeof text === "string" ? readConfig(text, name) : unreadableConfig(name, text.error);
}
