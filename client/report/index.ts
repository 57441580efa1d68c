import * as vscode from "vscode";
import { COMMANDS } from "../../server/protocol/index.js";
import { neededFile } from "../commands/asked.js";
import type { Extension } from "../extension.js";
import { registerCommand } from "../register-command.js";
import { copyReport, type Kept, saveReport } from "./keep.js";
import { ReportPanels } from "./panels.js";

/** Commands about a report; without a report in front they are about the file in the editor. */
const REPORT_COMMANDS = {
  save: "ioasid.report.save",
  copy: "ioasid.report.copy",
  pin: "ioasid.report.pin",
  unpin: "ioasid.report.unpin",
} as const;

/** The simulation report: its tabs, which come back with the editor, and what can be done with one. */
export function registerReport(extension: Extension): vscode.Disposable {
  const panels = new ReportPanels(extension);
  const kept = (given: unknown): Kept =>
    (given ? undefined : panels.active?.kept) ?? { uri: neededFile(given), scenario: null };
  const command = (id: string, handler: (given?: unknown) => unknown): vscode.Disposable =>
    registerCommand(extension.log, id, handler);
  return vscode.Disposable.from(
    panels,
    command(COMMANDS.showReport, (given) => panels.show(neededFile(given))),
    command(REPORT_COMMANDS.save, (given) => saveReport(extension, kept(given))),
    command(REPORT_COMMANDS.copy, (given) => copyReport(extension, kept(given))),
    command(REPORT_COMMANDS.pin, () => panels.active?.pin(true)),
    command(REPORT_COMMANDS.unpin, () => panels.active?.pin(false)),
  );
}
