import { writeFile } from "node:fs/promises";
import { HOST_SUITES, REPORT_FILE } from "./environment.js";
import { runSuites } from "./suites.js";

/**
 * Called by the extension host. What came of each test goes into a file; a rejection, or a report that says
 * so, fails the run.
 */
export async function run(): Promise<void> {
  const files = JSON.parse(process.env[HOST_SUITES] ?? "[]") as string[];
  const report = await runSuites(files);
  await writeFile(process.env[REPORT_FILE] ?? "", JSON.stringify(report));
}
