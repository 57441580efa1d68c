import * as vscode from "vscode";

/** A page of the extension's own in a webview. */
interface Page {
  /** What a screen reader says of it. */
  readonly title: string;
  /** Name of its script and of its style in `dist`. */
  readonly name: string;
  /** It draws pictures of what it shows, for which it makes images of its own. */
  readonly makesImages?: boolean;
  /** Trusted HTML. */
  readonly body: string;
}

/** The text of a page: nothing but its own script and style may run in it, and nothing comes from a network. */
export function webviewHtml(webview: vscode.Webview, extension: vscode.Uri, page: Page): string {
  const { title, name, makesImages, body } = page;
  const nonce = newNonce();
  const address = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(extension, "dist", file));
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    ...(makesImages ? ["img-src blob: data:"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${address(`${name}.css`)}">
</head>
<body>
${body}
<script nonce="${nonce}" src="${address(`${name}.js`)}"></script>
</body>
</html>`;
}

function newNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
