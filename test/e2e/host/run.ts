import { writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import { HOST_EXTENSION, HOST_REPORT, HOST_SUITES } from "./environment.js";
import { runSuites } from "./suites.js";

/**
 * Called by the extension host. What comes of each test goes into a file.
 *
 * @throws when no test can say anything: the extension is not there, or a suite cannot be loaded
 */
export async function run(): Promise<void> {
  const id = variable(HOST_EXTENSION);
  if (vscode.extensions.getExtension(id) === undefined) {
    throw new Error(`VS Code has not loaded ${id}: its manifest has a mistake, or asks for a newer VS Code.`);
  }
  const report = await runSuites(JSON.parse(variable(HOST_SUITES)) as string[]);
  await writeFile(variable(HOST_REPORT), JSON.stringify(report));
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set.`);
  return value;
}
