import { resolve } from "node:path";
import { runToEnd } from "../harness/command.js";

let packed: Promise<string> | undefined;

/** The path of this repository's extension as it ships, packed once in a run of the tests. */
export function shippedExtension(): Promise<string> {
  packed ??= pack();
  return packed;
}

async function pack(): Promise<string> {
  const said = await runToEnd([process.execPath, "build/package.js"]);
  return resolve(said.trim().split("\n").at(-1) ?? "");
}
