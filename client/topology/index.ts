import * as vscode from "vscode";
import { COMMANDS } from "../../server/protocol/index.js";
import type { Extension } from "../extension.js";
import { registerCommand } from "../register-command.js";
import type { PictureForm } from "../topology-page/messages.js";
import type { TopologyPanel } from "./panel.js";

/** Kind of the tab, by which menus and the editor's memory know it. */
const VIEW_TYPE = "ioasid.topology";

/** Whether a picture is in sight, which can be saved then. */
const VISIBLE_KEY = "ioasid.topology.isVisible";

/** The picture of the machine: of the scenario under the debugger, or of the start state of a file. */
export function registerTopology(extension: Extension): vscode.Disposable {
  let panel: TopologyPanel | undefined;
  const keep = async (made: vscode.WebviewPanel): Promise<void> => {
    const { TopologyPanel } = await import("../machine-views.js");
    const opened = new TopologyPanel(extension, made);
    panel = opened;
    const tell = (isVisible: boolean): void =>
      void vscode.commands.executeCommand("setContext", VISIBLE_KEY, isVisible);
    tell(made.visible);
    made.onDidChangeViewState(() => tell(made.visible));
    opened.onDidDispose(() => {
      if (panel === opened) panel = undefined;
      opened.dispose();
      tell(false);
    });
  };
  const show = async (): Promise<void> => {
    if (panel) panel.show();
    else {
      const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      await keep(vscode.window.createWebviewPanel(VIEW_TYPE, "Topology", where));
    }
  };
  const save = (id: string, form: PictureForm): vscode.Disposable =>
    registerCommand(extension.log, id, () => panel?.save(form));
  return vscode.Disposable.from(
    new vscode.Disposable(() => panel?.dispose()),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: keep,
    }),
    registerCommand(extension.log, COMMANDS.showTopology, show),
    save("ioasid.topology.saveSvg", "svg"),
    save("ioasid.topology.savePng", "png"),
  );
}
