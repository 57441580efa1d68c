import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { HOST_EXTENSION, HOST_REPORT, HOST_SUITES } from "../host/environment.js";
import type { HostReport } from "../host/report.js";
import type { Editor } from "./editor.js";
import { until } from "./eventually.js";

/** The module that the extension host calls. */
const RUNNER = resolve("dist/e2e/host/run.cjs");

const LIMIT_MS = 180_000;

/** Which suites run, and in what window. */
export interface HostRun {
  /** Absolute path of the workspace. */
  readonly workspace: string;
  /** Absolute path of the extension's folder. */
  readonly extension: string;
  /** Absolute paths of compiled suites. */
  readonly suites: readonly string[];
}

/**
 * Runs mocha suites inside the extension host.
 *
 * @returns what came of each test, failed ones too
 * @throws when there is no report: the extension was refused, a suite could not be loaded, nothing ended
 */
export async function runInHost(editor: Editor, run: HostRun): Promise<HostReport> {
  const { name, publisher } = JSON.parse(await readFile(join(run.extension, "package.json"), "utf8")) as {
    name: string;
    publisher: string;
  };
  const report = join(run.workspace, "..", "host-report.json");
  const { page, close } = await editor.openPage();
  try {
    const said: string[] = [];
    let exitCode: number | undefined;
    // The workbench calls these two when it runs tests.
    await page.exposeFunction("codeAutomationLog", (type: string, args: readonly unknown[]) => {
      if (type === "error" || type === "log") said.push(args.map(String).join(" "));
    });
    await page.exposeFunction("codeAutomationExit", (code: number) => {
      exitCode = code;
    });
    await page.goto(
      editor.addressOf({
        folder: run.workspace,
        extension: run.extension,
        tests: RUNNER,
        environment: {
          [HOST_SUITES]: JSON.stringify(run.suites),
          [HOST_REPORT]: report,
          [HOST_EXTENSION]: `${publisher}.${name}`,
        },
      }),
    );
    const ended = await until(() => exitCode !== undefined, LIMIT_MS);
    if (exitCode === 0) return JSON.parse(await readFile(report, "utf8")) as HostReport;
    const what = ended ? `ended with ${exitCode}` : `did not end within ${LIMIT_MS / 1000} seconds`;
    throw new Error(`The tests in the extension host ${what}.\n${said.slice(-20).join("\n")}`);
  } finally {
    await close();
  }
}
