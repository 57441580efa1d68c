import * as vscode from "vscode";
import { debugConfiguration } from "../debugging/configuration.js";
import { chosenFiles } from "./chosen.js";
import type { Scenarios } from "./scenarios.js";

/** Debugs what the test explorer asks for: one session for a whole file, or one for each chosen scenario. */
export async function debugScenarios(request: vscode.TestRunRequest, scenarios: Scenarios): Promise<void> {
  const files = chosenFiles(request, request.include ? [] : await scenarios.all());
  for (const { uri, scenarios: chosen, isWhole } of files) {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const titles = isWhole ? [undefined] : chosen.map((item) => scenarios.nameOf(item)?.title);
    for (const title of titles) await vscode.debug.startDebugging(folder, debugConfiguration(uri, title));
  }
}
