import { closeSync, existsSync, openSync, readSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/** A text, or a sentence that says why there is none. */
export type Text = string | { readonly error: string };

/** More than this is no configuration; reading a device file must end. */
const LIMIT_BYTES = 256 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

/** Files whose folder is a workspace: what a project is, for git, npm and ioasid. */
const MARKERS = [".git", "package.json", "ioasid.config.json"];

/** The name of standard input in messages and in JSON. */
export const STDIN = "<stdin>";

/**
 * What the engine asks of the file system while it compiles one named file: the path that an import
 * means, and the text of a file. An import may only reach files of the named file's workspace, and
 * symbolic links are followed before that is decided.
 */
export class FileHost {
  private readonly workspace: string;
  private readonly realPaths = new Map<string, string>();
  private readonly names = new Map<string, string>();

  /** @param file path of the named file as the command line gave it, or `STDIN` */
  constructor(readonly file: string) {
    const real = file === STDIN ? resolve(STDIN) : realPath(file);
    this.workspace = workspaceOf(dirname(real));
    this.realPaths.set(file, real);
    this.names.set(real, file);
  }

  /** The name of the file that `target`, written in `from`, stands for. */
  resolve = (from: string, target: string): Text => {
    if (target.includes("\0")) return { error: "A path cannot hold a zero byte." };
    const real = realPath(resolve(dirname(this.realPaths.get(from) ?? resolve(from)), target));
    if (!isInside(real, this.workspace)) {
      return {
        error: `"${target}" lies outside the folder of this workspace (${this.workspace}); an import reaches only files in it.`,
      };
    }
    const name = this.names.get(real) ?? shortName(real);
    this.names.set(real, name);
    this.realPaths.set(name, real);
    return name;
  };

  /** The text of an imported file. */
  read = (name: string): Text => {
    const path = this.realPaths.get(name) ?? resolve(name);
    if (existsSync(path) && !statSync(path).isFile()) {
      const kind = statSync(path).isDirectory() ? "a directory" : "not a regular file";
      return { error: `"${name}" is ${kind}; an import names one file.` };
    }
    return readText(path, name);
  };
}

/**
 * The text of a file: UTF-8, a byte order mark left out, every invalid byte as U+FFFD, so that a binary
 * file is a text with errors in it and not a failure.
 * @param name what messages call it
 */
export function readText(path: string, name = path): Text {
  try {
    return decode(readBytes(path));
  } catch (error) {
    return { error: reason(name, error) };
  }
}

/** Bytes as text, in the way of `readText`. */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8").decode(bytes);
}

function readBytes(path: string): Uint8Array {
  const descriptor = openSync(path, "r");
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const chunk = new Uint8Array(CHUNK_BYTES);
      const count = readSync(descriptor, chunk, 0, CHUNK_BYTES, null);
      if (count === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, count));
      size += count;
      if (size > LIMIT_BYTES) throw new RangeError("larger than 256 MiB");
    }
  } finally {
    closeSync(descriptor);
  }
}

function reason(name: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return `There is no file "${name}".`;
    case "EISDIR":
      return `"${name}" is a directory; name the files in it.`;
    case "EACCES":
    case "EPERM":
      return `"${name}" cannot be read: permission denied.`;
    case "ELOOP":
      return `"${name}" cannot be read: its symbolic links form a loop.`;
    default:
      return `"${name}" cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

/** The path without symbolic links; of a missing file, its folder's real path and its name. */
export function realPath(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch {
    // A missing file has no real path; its nearest folder has one, so that a link cannot hide where it lies.
    const folder = dirname(absolute);
    return folder === absolute ? absolute : join(realPath(folder), basename(absolute));
  }
}

/** The nearest folder that a marker makes a workspace, or the folder itself. */
export function workspaceOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (MARKERS.some((marker) => existsSync(join(at, marker)))) return at;
    if (dirname(at) === at) return folder;
  }
}

/** Whether a path lies in a folder, or is it. Both are absolute. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Relative to the current folder where it lies below it, so that terminals and people can use it. */
export function shortName(path: string): string {
  const here = process.cwd();
  return isInside(path, here) ? relative(here, path) || path : path;
}
