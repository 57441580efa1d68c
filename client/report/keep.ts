import * as vscode from "vscode";
import { REPORT, type ReportResult } from "../../server/protocol/index.js";
import { fileName } from "../commands/asked.js";
import type { Extension } from "../extension.js";
import { longWork, STOPPED } from "../late-progress.js";
import { standaloneHtml } from "./standalone.js";

type Ready = Extract<ReportResult, { state: "ready" }>;

/** What a report is kept of. */
export interface Kept {
  readonly uri: vscode.Uri;
  /** Title of the scenario that it is about; `null` for the whole file. */
  readonly scenario: string | null;
}

/** Why a report cannot be kept. */
const ABSENCES: Readonly<Record<Exclude<ReportResult["state"], "ready">, string>> = {
  "too-large": "is too large to be simulated while it is edited; `ioasid run` on the command line does that",
  stopped: "was not simulated to its end, since somebody stopped it",
  unknown: "is neither open nor in a folder of the workspace",
};

/** Save Report as HTML…: one file with everything in it, the stages of every walk as well. */
export async function saveReport(extension: Extension, { uri, scenario }: Kept): Promise<void> {
  const report = await wholeReport(extension, { uri, scenario });
  if (!report) return;
  const style = await textOf(vscode.Uri.joinPath(extension.context.extensionUri, "dist/report-kept.css"));
  const target = await vscode.window.showSaveDialog({
    title: "Save Report as HTML",
    filters: { HTML: ["html"] },
    ...(uri.scheme !== "untitled" && {
      defaultUri: uri.with({ path: `${uri.path.replace(/\.ioasid$/, "")}.report.html` }),
    }),
  });
  if (!target) return;
  const page = standaloneHtml(`Report ${fileName(uri)}`, style, report.html);
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(page));
  vscode.window.setStatusBarMessage(`$(check) The report is in ${fileName(target)}`, 5000);
}

/** Copy Report as Markdown. */
export async function copyReport(extension: Extension, kept: Kept): Promise<void> {
  const report = await wholeReport(extension, kept);
  if (!report) return;
  await vscode.env.clipboard.writeText(report.markdown);
  vscode.window.setStatusBarMessage("$(check) The report is in the clipboard", 5000);
}

/** @throws when there is none, with a sentence that says why; `undefined` when somebody stopped it */
async function wholeReport({ server }: Extension, { uri, scenario }: Kept): Promise<Ready | undefined> {
  const params = { uri: uri.toString(), whole: true, ...(scenario !== null && { scenario }) };
  const title = `Simulating ${fileName(uri)}`;
  const report = await longWork(title, (token) => server.request(REPORT, params, token));
  if (report === STOPPED) return undefined;
  if (report.state !== "ready") throw new Error(`${fileName(uri)} ${ABSENCES[report.state]}.`);
  return report;
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}
