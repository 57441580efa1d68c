import type * as vscode from "vscode";
import { Uri } from "vscode";
import type { Page, StateItem } from "../../../server/protocol/index.js";
import type { FromPage, ToPage } from "../../tables-page/messages.js";
import { webviewHtml } from "../../webview-html.js";
import type { DebugSource } from "../views/debug-source.js";
import { tableOf } from "./columns.js";
import { tableNames } from "./names.js";

export const TABLES_VIEW = "ioasidDebug.tables";

/** Rows of a piece; the page goes on by as many. */
const PIECE = 100;

const BODY = `<header class="tools" aria-label="Which table is shown">
<label class="choice">Table <select id="table"></select></label>
<button id="previous" type="button">Previous</button>
<label>From row <input id="first" type="number" min="1" value="1"></label>
<button id="next" type="button">Next</button>
<span id="extent"></span>
<p id="status" role="status"></p>
</header>
<p id="keys" class="unseen">Arrow keys go from row to row, Enter opens what a row leads to, Page Up and Page Down show other rows.</p>
<main aria-describedby="keys"><p id="absent" class="absent"></p><table><thead><tr id="columns"></tr></thead><tbody id="rows"></tbody></table></main>`;

/** The tables of the machine in the panel, where there is room for their columns. */
export class TablesView implements vscode.WebviewViewProvider {
  private view: vscode.WebviewView | undefined;
  private list = "history";
  private from = 0;
  private items: readonly StateItem[] = [];
  private number = 0;

  /**
   * @param look is told whether somebody sees the view
   * @param open shows what an item leads to
   */
  constructor(
    private readonly source: DebugSource,
    private readonly extension: Uri,
    private readonly look: (isVisible: boolean) => void,
    private readonly open: (item: StateItem) => Promise<void>,
  ) {}

  resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    const { webview } = view;
    webview.options = { enableScripts: true, localResourceRoots: [Uri.joinPath(this.extension, "dist")] };
    const listening = [
      webview.onDidReceiveMessage((message: FromPage) => this.hear(message)),
      view.onDidChangeVisibility(() => this.look(view.visible)),
      this.source.onDidChange(() => void this.show()),
    ];
    view.onDidDispose(() => {
      this.view = undefined;
      this.look(false);
      for (const each of listening) each.dispose();
    });
    webview.html = webviewHtml(webview, this.extension, {
      title: "Tables",
      name: "tables-page",
      body: BODY,
    });
    this.look(true);
  }

  private hear(message: FromPage): void {
    if (message.kind === "open") {
      const item = this.items[message.row];
      if (item) void this.open(item);
      return;
    }
    if (message.kind === "show") [this.list, this.from] = [message.list, message.from];
    void this.show();
  }

  private async show(): Promise<void> {
    const { state, problem } = this.source;
    if (!this.view?.visible) return;
    if (!state) {
      this.tell({ kind: "absent", text: problem ?? "No scenario stands still." });
      return;
    }
    this.number += 1;
    const { number } = this;
    const tables = tableNames(state);
    const chosen = tables.find(({ list }) => list === this.list) ?? tables[0];
    if (!chosen) return;
    this.from = Math.min(this.from, Math.max(0, chosen.total - 1));
    const page: Page<StateItem> = await this.source.page(chosen.list, this.from, PIECE);
    if (number !== this.number) return;
    this.items = page.items;
    const { list, from, total } = page;
    const piece = { list, from, total, ...tableOf(list, page.items) };
    this.tell({ kind: "tables", tables, piece });
  }

  private tell(message: ToPage): void {
    void this.view?.webview.postMessage(message);
  }
}
