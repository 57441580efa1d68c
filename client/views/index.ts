import * as vscode from "vscode";
import { COMMANDS } from "../../server/protocol/index.js";
import type { Extension } from "../extension.js";
import { registerCommand } from "../register-command.js";
import { copy, explain, findReferences } from "./actions.js";
import { chooseScenario } from "./scenario.js";
import { StateSource } from "./state-source.js";
import { CONTENTS, createView } from "./view.js";

/** Whether there is a file that the views are about, for the pages that stand for empty trees. */
const HAS_STATE = "ioasid.views.hasState";

/** The views of the configuration as simulated. */
export function registerViews(extension: Extension): vscode.Disposable {
  const source = new StateSource(extension);
  const tellState = (): void =>
    void vscode.commands.executeCommand("setContext", HAS_STATE, source.shown.kind === "state");
  const command = (id: string, handler: (given: never) => unknown): vscode.Disposable =>
    registerCommand(extension.log, id, handler);
  return vscode.Disposable.from(
    source,
    source.onDidChange(tellState),
    ...CONTENTS.map((content) => createView(source, content)),
    registerCommand(extension.log, source.more, (list: string, shown: number) =>
      source.showMore(list, shown),
    ),
    command("ioasid.views.chooseScenario", () => chooseScenario(source)),
    command("ioasid.views.copyPpasid", copy),
    command("ioasid.views.copyStatement", copy),
    command("ioasid.views.findReferences", findReferences),
    command("ioasid.views.explain", explain),
    command("ioasid.views.report", () => vscode.commands.executeCommand(COMMANDS.showReport, source.uri)),
  );
}
