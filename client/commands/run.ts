import * as vscode from "vscode";
import {
  COMMANDS,
  LIST_SCENARIOS,
  type RunFileParams,
  type RunFileResult,
} from "../../server/protocol/index.js";
import type { Extension } from "../extension.js";
import { longWork, STOPPED } from "../late-progress.js";
import { runFile as askToRun, type OnProgress } from "../running.js";
import { scenarioAt } from "../scenario-at.js";
import { fileName, neededFile } from "./asked.js";

/** Run Simulation: the whole file; the result goes to the output, and the report is shown. */
export async function runFile(extension: Extension, given?: unknown): Promise<void> {
  const uri = neededFile(given);
  await runAndShow(extension, uri, { uri: uri.toString() });
}

/** Run Scenario: the one that is named, or the one at the cursor. */
export async function runScenario(extension: Extension, given?: unknown, title?: unknown): Promise<void> {
  const uri = neededFile(given);
  const named = typeof title === "string" ? title : await titleAtCursor(extension, uri);
  await runAndShow(extension, uri, { uri: uri.toString(), scenarios: [named] });
}

/** Run All in Workspace: every file, with one line at the end that sums up. */
export async function runAll(extension: Extension): Promise<void> {
  const { server, output } = extension;
  const files = await server.request(LIST_SCENARIOS, {});
  if (files.length === 0) {
    void vscode.window.showInformationMessage("There is no .ioasid file in this workspace.");
    return;
  }
  const results = await longWork("Simulating the workspace", async (token, report) => {
    const done: RunFileResult[] = [];
    for (const [index, { uri }] of files.entries()) {
      if (token.isCancellationRequested) break;
      report(fileName(vscode.Uri.parse(uri)), index, files.length);
      done.push(await askToRun(server, { uri }, token));
    }
    return done;
  });
  if (results === STOPPED) return tellStopped(extension);
  for (const { text } of results) output.appendLine(text);
  const scenarios = results.flatMap((result) => result.scenarios);
  const failed = scenarios.filter(({ passed }) => !passed).length;
  output.appendLine(
    failed === 0
      ? `${results.length} files, ${scenarios.length} scenarios: all passed.`
      : `${results.length} files, ${scenarios.length} scenarios: ${failed} failed.`,
  );
  output.show(true);
}

async function runAndShow(extension: Extension, uri: vscode.Uri, params: RunFileParams): Promise<void> {
  const { server, output } = extension;
  const name = fileName(uri);
  const result = await longWork(`Simulating ${name}`, (token, report) => {
    const onProgress: OnProgress = ({ done, total }) => report(`step ${done} of ${total}`, done, total);
    return askToRun(server, params, token, onProgress);
  });
  if (result === STOPPED) return tellStopped(extension);
  output.appendLine(result.text);
  await vscode.commands.executeCommand(COMMANDS.showReport, uri);
}

function tellStopped({ output }: Extension): void {
  output.appendLine("Stopped before the end.");
}

/** Title of the scenario at the cursor. @throws when it stands in none */
export async function titleAtCursor({ server }: Extension, uri: vscode.Uri): Promise<string> {
  const [file] = await server.request(LIST_SCENARIOS, { uri: uri.toString() });
  const line = vscode.window.activeTextEditor?.selection.active.line ?? 0;
  const found = scenarioAt(file?.scenarios ?? [], line);
  if (!found) throw new Error("The cursor stands in no scenario; put it in the one that you mean.");
  return found.title;
}
