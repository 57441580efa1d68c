import { existsSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Host, port as portFile } from "../engine/language/index.js";
import { portText, printable } from "../engine/report/index.js";
import { EXIT, standardInput } from "./commands.js";
import { Configs } from "./config.js";
import { FileHost, readText, realPath, STDIN, type Text } from "./files.js";
import { write } from "./output.js";
import type { PortCommand } from "./port-arguments.js";
import { replaceFile } from "./replace-file.js";

/**
 * `ioasid port`: writes a file for another interface, and what could not be brought along to standard error.
 * Imports are found from the folder of the file, so a text that goes to another folder has none.
 */
export async function port({ file, to, out }: PortCommand): Promise<number> {
  const name = file === "-" ? STDIN : file;
  const text: Text = file === "-" ? await standardInput() : readText(file);
  if (typeof text !== "string") return failed(text.error);
  const config = new Configs().for(name);
  const alone = out !== undefined && file !== "-" && folderOf(out) !== folderOf(file);
  const ported = portFile(name, hostOf(name, text), to, { ...(config && { config }), alone });
  if (ported.kind === "refused") {
    process.stderr.write(`ioasid: ${printable(ported.reason)}\n`);
    return EXIT.bad;
  }
  if (out === undefined) await write(process.stdout, ported.text);
  else {
    const problem = writeTo(out, ported.text);
    if (problem !== undefined) return failed(`"${out}" cannot be written: ${problem}.`);
  }
  process.stderr.write(portText(ported.findings));
  return EXIT.good;
}

function hostOf(name: string, text: string): Host {
  const host = new FileHost(name);
  return { read: (path) => (path === name ? text : host.read(path)), resolve: host.resolve };
}

function folderOf(path: string): string {
  return dirname(realPath(path));
}

/** @returns why it could not be done */
function writeTo(path: string, text: string): string | undefined {
  if (existsSync(path)) return replaceFile(realPath(path), text);
  try {
    writeFileSync(path, text, { flag: "wx" });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function failed(message: string): number {
  process.stderr.write(`ioasid: ${printable(message)}\n`);
  return EXIT.usage;
}
