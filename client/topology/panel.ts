import * as vscode from "vscode";
import {
  DEBUG_TOPOLOGY,
  type DebugTopologyParams,
  TOPOLOGY,
  type Topology,
  type TopologyResult,
} from "../../server/protocol/index.js";
import { fileName } from "../commands/asked.js";
import type { Extension } from "../extension.js";
import { type Failure, Latest } from "../following/latest.js";
import { locationOf, reveal } from "../places.js";
import type { FromPage, PictureForm, ToPage } from "../topology-page/messages.js";
import { pageHtml } from "./page-html.js";
import { savePicture } from "./save.js";

/** A run that ends before this needs no word that it goes on. */
const QUIET_MILLISECONDS = 300;

type Answer = ({ readonly state: "ready" } & Topology) | TopologyResult;

/**
 * The picture in a tab: of the scenario that the debugger has selected, else of the start state of the file
 * that views are about.
 */
export class TopologyPanel implements vscode.Disposable {
  private readonly questions: Latest<Answer>;
  private readonly listening: vscode.Disposable;
  private shown: Topology | undefined;
  private about = "";
  private isThere = false;
  private quiet: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly extension: Extension,
    private readonly panel: vscode.WebviewPanel,
  ) {
    this.questions = new Latest((answer) => this.answered(answer));
    const { context, followed, selected, staleness } = extension;
    const { extensionUri } = context;
    panel.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, "images/file-light.svg"),
      dark: vscode.Uri.joinPath(extensionUri, "images/file-dark.svg"),
    };
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(extensionUri, "dist")],
    };
    this.listening = vscode.Disposable.from(
      panel.webview.onDidReceiveMessage((message: FromPage) => this.hear(message)),
      selected.onDidChange(() => this.ask()),
      followed.onDidChange(() => {
        if (!selected.now) this.ask();
      }),
      staleness.onDidGetStale((uri) => {
        if (!selected.now && vscode.Uri.parse(uri).toString() === followed.uri?.toString()) this.ask();
      }),
      panel.onDidChangeViewState(() => {
        if (panel.visible) this.ask();
      }),
    );
    panel.webview.html = pageHtml(panel.webview, extensionUri);
  }

  get onDidDispose(): vscode.Event<void> {
    return this.panel.onDidDispose;
  }

  /** Brings it to the front, and leaves the focus where it is. */
  show(): void {
    this.panel.reveal(undefined, true);
  }

  /** Lets the page draw the picture, and asks where to save it. */
  save(form: PictureForm): void {
    this.tell({ kind: "draw", form });
  }

  dispose(): void {
    clearTimeout(this.quiet);
    this.questions.dispose();
    this.listening.dispose();
    this.panel.dispose();
  }

  private ask(): void {
    if (!this.isThere || !this.panel.visible) return;
    const { now } = this.extension.selected;
    const { uri } = this.extension.followed;
    clearTimeout(this.quiet);
    if (now) {
      this.about = `${now.session.id} ${now.threadId}`;
      const { program } = now.session.configuration;
      this.panel.title = `Topology ${String(program).split(/[\\/]/).at(-1)}`;
      const { session, threadId, frameId } = now;
      const params: DebugTopologyParams = { threadId, frameId };
      this.questions.ask(async () => ({
        state: "ready",
        ...((await session.customRequest(DEBUG_TOPOLOGY, params)) as Topology),
      }));
      return;
    }
    if (!uri) {
      this.tell({ kind: "absent", why: "no-file" });
      return;
    }
    this.about = uri.toString();
    this.panel.title = `Topology ${fileName(uri)}`;
    if (!this.shown) {
      this.quiet = setTimeout(() => this.tell({ kind: "absent", why: "simulating" }), QUIET_MILLISECONDS);
    }
    const params = { uri: uri.toString() };
    this.questions.ask((token) => this.extension.server.request(TOPOLOGY, params, token));
  }

  private answered(answer: Answer | Failure): void {
    clearTimeout(this.quiet);
    this.shown = !("failure" in answer) && answer.state === "ready" ? answer : undefined;
    if ("failure" in answer) this.tell({ kind: "absent", why: "failed", text: answer.failure });
    else if (answer.state === "ready") this.tell({ kind: "topology", about: this.about, topology: answer });
    else this.tell({ kind: "absent", why: answer.state });
  }

  private hear(message: FromPage): void {
    switch (message.kind) {
      case "ready":
        this.isThere = true;
        this.ask();
        break;
      case "reveal":
        this.reveal(message.id);
        break;
      case "drawn":
        void savePicture(this.extension.followed.uri, message.form, message.data);
        break;
      case "failed":
        void vscode.window.showErrorMessage(`IOASID: The picture cannot be drawn: ${message.text}`);
    }
  }

  /** The page is not believed: only places of the picture are places. */
  private reveal(id: string): void {
    const place = this.shown?.nodes.find((node) => node.id === id)?.place;
    if (place) void reveal(locationOf(place));
  }

  private tell(message: ToPage): void {
    void this.panel.webview.postMessage(message);
  }
}
