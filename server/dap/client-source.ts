import {
  analyze,
  CONFIG_FILE,
  type Host,
  type ReadConfig,
  readConfig,
  unreadableConfig,
} from "../../engine/language/index.js";
import type { ReadFileResult } from "../protocol/index.js";
import { behind } from "./interfaces.js";
import type { LoadedProgram, LoadOptions, ProgramSource } from "./program-source.js";

/** Files as only the client can read them, by their addresses. */
export interface ClientFiles {
  read(uri: string): Promise<ReadFileResult>;
  /** Addresses of the files among these whose text is another one by now. */
  changed(uris: Iterable<string>): string[];
}

/** Rounds in which files are read, one for each import of an import at most. */
const ROUNDS = 100;

const MISSING: ReadFileResult = { error: "It was not read.", missing: true };

/** Programs of a workspace that only the client can read: of a browser. */
export function clientSource(files: ClientFiles): ProgramSource {
  return { load: (path, options) => load(files, path, options) };
}

async function load(
  files: ClientFiles,
  path: string,
  { root, uapi }: LoadOptions,
): Promise<LoadedProgram | { readonly error: string }> {
  const uri = addressOf(path, root);
  const first = await files.read(uri);
  if ("error" in first) return first;
  const folder =
    root === undefined ? new URL(".", uri).href : `${addressOf(root, undefined).replace(/\/$/, "")}/`;
  const texts = new Map<string, ReadFileResult>([[uri, first]]);
  const names = new Names(folder);
  for (let round = 0; ; round += 1) {
    const unread = new Set<string>();
    const textAt = (at: string): ReadFileResult => {
      const known = texts.get(at);
      if (!known) unread.add(at);
      return known ?? MISSING;
    };
    const config = configFor(uri, names, textAt);
    const host = hostOf(names, textAt);
    const options = { ...(config && { config }) };
    const written = analyze(names.nameOf(uri), host, options);
    if (unread.size === 0 || round === ROUNDS) {
      const { sources } = written.program;
      const found = behind(written, host, options, uapi);
      if ("error" in found) return found;
      return {
        ...found,
        pathOf: (file) => names.uriOf(file),
        fileOf: (client) => [...sources.keys()].find((name) => isSame(names.uriOf(name), client)),
        changed: () =>
          files.changed([...sources.keys()].map((name) => names.uriOf(name))).map((at) => names.nameOf(at)),
      };
    }
    await Promise.all([...unread].map(async (at) => texts.set(at, await files.read(at))));
  }
}

function hostOf(names: Names, textAt: (uri: string) => ReadFileResult): Host {
  return {
    read: (name) => {
      const found = textAt(names.uriOf(name));
      return "text" in found ? found.text : found;
    },
    resolve: (from, target) => {
      const found = new URL(target, names.uriOf(from)).href;
      if (found.startsWith(names.folder)) return names.nameOf(found);
      return { error: `"${target}" lies outside ${names.folder}; an import reaches only files in it.` };
    },
  };
}

/** The nearest configuration in the folder of a file or above it, up to the folder of the workspace. */
function configFor(
  uri: string,
  names: Names,
  textAt: (uri: string) => ReadFileResult,
): ReadConfig | undefined {
  for (let at = new URL(".", uri).href; at.startsWith(names.folder); at = new URL("..", at).href) {
    const place = `${at}${CONFIG_FILE}`;
    const found = textAt(place);
    if ("text" in found) return readConfig(found.text, names.nameOf(place));
    if (!found.missing) return unreadableConfig(names.nameOf(place), found.error);
    if (at === names.folder) return undefined;
  }
  return undefined;
}

/** Names of files: what stands behind the folder of the workspace in their address. */
class Names {
  constructor(readonly folder: string) {}

  nameOf(uri: string): string {
    return uri.startsWith(this.folder) ? decodeURIComponent(uri.slice(this.folder.length)) : uri;
  }

  uriOf(name: string): string {
    if (isAddress(name)) return name;
    return this.folder + name.split("/").map(encodeURIComponent).join("/");
  }
}

/** A path without a scheme is one of the file system of the workspace. */
function addressOf(path: string, root: string | undefined): string {
  return isAddress(path) || root === undefined
    ? new URL(path, root).href
    : new URL(encodeURI(path), root).href;
}

function isAddress(text: string): boolean {
  return /^[a-z][a-z\d+.-]+:/i.test(text);
}

/** Editors and browsers do not escape the same letters. */
function isSame(uri: string, client: string): boolean {
  return plain(uri) === plain(client);
}

function plain(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
