import * as vscode from "vscode";
import type { Extension } from "../extension.js";
import type { PageState } from "../report-page/messages.js";
import { ReportPanel } from "./panel.js";

/** Kind of the tabs, by which menus and the editor's memory know them. */
const VIEW_TYPE = "ioasid.report";

/** Whether the report in front is pinned, for the buttons of its tab. */
const PINNED_KEY = "ioasid.report.isPinned";

/** All reports that are open. Those that nobody pinned follow the editor. */
export class ReportPanels implements vscode.Disposable {
  private readonly panels = new Set<ReportPanel>();
  private readonly listening: vscode.Disposable;

  constructor(private readonly extension: Extension) {
    const { followed, staleness } = extension;
    this.listening = vscode.Disposable.from(
      followed.onDidChange((uri) => {
        for (const panel of this.panels) if (!panel.isPinned) panel.follow(uri);
      }),
      staleness.onDidGetStale((uri) => {
        for (const panel of this.panels) panel.gotStale(uri);
      }),
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
        deserializeWebviewPanel: async (panel, state: PageState | undefined) => {
          const uri = state?.uri === undefined ? followed.uri : vscode.Uri.parse(state.uri);
          this.keep(new ReportPanel(extension, panel, uri, state));
        },
      }),
    );
  }

  /** The report in front. */
  get active(): ReportPanel | undefined {
    return [...this.panels].find(({ isActive }) => isActive);
  }

  /** Shows the report of a file beside it: in a tab of its own, or in the one that follows the editor. */
  show(uri: vscode.Uri): void {
    const own = [...this.panels].find(({ file }) => file?.toString() === uri.toString());
    const panel = own ?? [...this.panels].find(({ isPinned }) => !isPinned);
    panel?.follow(uri);
    panel?.show();
    if (!panel) this.open(uri);
  }

  dispose(): void {
    this.listening.dispose();
    for (const panel of this.panels) panel.dispose();
  }

  private open(uri: vscode.Uri): void {
    const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel(VIEW_TYPE, "Report", where, { enableFindWidget: true });
    this.keep(new ReportPanel(this.extension, panel, uri));
  }

  private keep(panel: ReportPanel): void {
    this.panels.add(panel);
    panel.onDidDispose(() => {
      this.panels.delete(panel);
      panel.dispose();
      this.tellPinned();
    });
    panel.onDidChangeViewState(() => this.tellPinned());
    panel.onDidPin(() => this.tellPinned());
    this.tellPinned();
  }

  private tellPinned(): void {
    void vscode.commands.executeCommand("setContext", PINNED_KEY, this.active?.isPinned ?? false);
  }
}
