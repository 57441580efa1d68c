import * as vscode from "vscode";
import { PORT, type PortParams } from "../../server/protocol/index.js";
import type { Extension } from "../extension.js";
import { LANGUAGE } from "../language-server.js";
import { longWork, STOPPED } from "../late-progress.js";
import { fileName, neededFile } from "./asked.js";

/** What a file can be rewritten for. */
const TARGETS: readonly PortParams["to"][] = ["iommufd", "rfc-v2"];

/** Port to iommufd…: the file beside what it becomes, as a new document; the findings go to the output. */
export async function portFile({ server, output }: Extension, given?: unknown): Promise<void> {
  const uri = neededFile(given);
  const name = fileName(uri);
  const to = (await vscode.window.showQuickPick(TARGETS)) as PortParams["to"] | undefined;
  if (!to) return;
  const ported = await longWork(`Porting ${name}`, (token) =>
    server.request(PORT, { uri: `${uri}`, to }, token),
  );
  if (ported === STOPPED) return;
  if (ported.state === "refused") throw new Error(ported.reason);
  const { text: content, findings } = ported;
  const document = await vscode.workspace.openTextDocument({ language: LANGUAGE, content });
  await vscode.commands.executeCommand("vscode.diff", uri, document.uri, `${name} ↔ ${to}`);
  if (findings === "") return;
  output.appendLine(findings);
  const said = `Some of ${name} could not be brought along.`;
  if (await vscode.window.showInformationMessage(said, "Show")) output.show(true);
}
