import type * as vscode from "vscode";
import { webviewHtml } from "../webview-html.js";

const BODY = `<header class="tools" aria-label="What the report shows">
<label class="choice">State <select id="scenario"></select></label>
<label class="search"><span class="unseen">Show only rows with these words</span><input id="filter" type="search" placeholder="Filter rows"></label>
<label class="check"><input id="failed" type="checkbox"> Failed only</label>
<p id="status" role="status"></p>
</header>
<p id="keys" class="unseen">Each row leads to its source: arrow keys go from row to row, Enter opens the source.</p>
<main id="report" tabindex="-1"><article class="absent"><h1>Simulating…</h1></article></main>`;

/** The page of the report, without a report in it yet. */
export function pageHtml(webview: vscode.Webview, extension: vscode.Uri): string {
  return webviewHtml(webview, extension, { title: "Simulation report", name: "report-page", body: BODY });
}
