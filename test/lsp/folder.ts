import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { WorkspaceFolder } from "vscode-languageserver-protocol/node";

/** A folder with files on the disk. */
export interface Folder extends WorkspaceFolder {
  uriOf(name: string): string;
  write(name: string, text: string): void;
  remove(): void;
}

/** Makes a folder on the disk that `remove` takes away again. */
export function makeFolder(files: Readonly<Record<string, string>>): Folder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "ioasid-")));
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return {
    uri: pathToFileURL(path).toString(),
    name: "folder",
    uriOf: (name) => pathToFileURL(join(path, name)).toString(),
    write,
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
