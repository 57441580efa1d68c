import * as vscode from "vscode";

const PAGE = `<!DOCTYPE html>
<html><body>
  <h1>A panel</h1>
  <button id="ask">Ask</button> <output id="answer"></output>
  <script>
    const editor = acquireVsCodeApi();
    document.getElementById("ask").addEventListener("click", () => editor.postMessage("question"));
    addEventListener("message", ({ data }) => { document.getElementById("answer").textContent = data; });
  </script>
</body></html>`;

/** A panel with a button that asks, to which the extension answers. */
export function showPanel(): void {
  const panel = vscode.window.createWebviewPanel("fixture", "A Panel", vscode.ViewColumn.Beside, {
    enableScripts: true,
  });
  panel.webview.onDidReceiveMessage((message) => panel.webview.postMessage(`answer to ${message}`));
  panel.webview.html = PAGE;
}
