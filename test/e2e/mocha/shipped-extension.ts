import { resolve } from "node:path";
import { runToEnd } from "../harness/command.js";

let packaged: Promise<string> | undefined;

/** The path of this repository's extension as it ships, packaged once in a run of the tests. */
export function shippedExtension(): Promise<string> {
  packaged ??= runToEnd(["npm", "run", "--silent", "package:vsix"]).then(() => resolve("dist/ioasid.vsix"));
  return packaged;
}
