import * as vscode from "vscode";

/** The page of the report, without a report in it yet: nothing but its own script and style may run in it. */
export function pageHtml(webview: vscode.Webview, extension: vscode.Uri): string {
  const nonce = newNonce();
  const address = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(extension, "dist", file));
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Simulation report</title>
<link rel="stylesheet" href="${address("report-page.css")}">
</head>
<body>
<header class="tools" aria-label="What the report shows">
<label class="choice">State <select id="scenario"></select></label>
<label class="search"><span class="unseen">Show only rows with these words</span><input id="filter" type="search" placeholder="Filter rows"></label>
<label class="check"><input id="failed" type="checkbox"> Failed only</label>
<p id="status" role="status"></p>
</header>
<p id="keys" class="unseen">Each row leads to its source: arrow keys go from row to row, Enter opens the source.</p>
<main id="report" tabindex="-1"><article class="absent"><h1>Simulating…</h1></article></main>
<script nonce="${nonce}" src="${address("report-page.js")}"></script>
</body>
</html>`;
}

function newNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
