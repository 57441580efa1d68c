import type * as vscode from "vscode";
import { webviewHtml } from "../webview-html.js";

const BODY = `<header class="tools" aria-label="What the picture shows">
<p id="title"></p>
<label class="search"><span class="unseen">Mark things with these words; Enter goes to the next one</span><input id="words" type="search" placeholder="Find"></label>
<button id="smaller" type="button" title="Zoom out (-)" aria-label="Zoom out">−</button>
<button id="larger" type="button" title="Zoom in (+)" aria-label="Zoom in">+</button>
<button id="fit" type="button" title="Show all of it (0)">Fit</button>
<p id="status" role="status"></p>
</header>
<p id="keys" class="unseen">Arrow keys go from thing to thing, Enter opens the source of one. Plus and minus zoom, 0 shows all, slash searches.</p>
<main id="picture" aria-label="Topology" aria-describedby="keys"></main>
<ol id="way" aria-label="Stages of the request" hidden></ol>`;

/** The page of the topology, without a picture in it yet. */
export function pageHtml(webview: vscode.Webview, extension: vscode.Uri): string {
  const page = { title: "Topology", name: "topology-page", makesImages: true, body: BODY };
  return webviewHtml(webview, extension, page);
}
