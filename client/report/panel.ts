import * as vscode from "vscode";
import { COMMANDS, REPORT, type ReportResult, STAGES } from "../../server/protocol/index.js";
import type { Extension } from "../extension.js";
import { type Failure, Latest } from "../following/latest.js";
import { reveal } from "../places.js";
import type { FromPage, PageState, ToPage } from "../report-page/messages.js";
import type { Kept } from "./keep.js";
import { pageHtml } from "./page-html.js";
import { placeOf, type RowPlace } from "./place-of.js";

/** A run that ends before this needs no word that it goes on. */
const QUIET_MILLISECONDS = 300;

type Ready = Extract<ReportResult, { state: "ready" }>;

/** A report in a tab: of a file that it is pinned to, or of whatever file is in the editor. */
export class ReportPanel implements vscode.Disposable {
  private readonly questions: Latest<ReportResult>;
  private readonly listening: vscode.Disposable;
  private readonly pinning = new vscode.EventEmitter<void>();
  private scenario: string | null;
  private pinned: boolean;
  private shown: Ready | undefined;
  private number = 0;
  private isThere = false;
  private quiet: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly extension: Extension,
    private readonly panel: vscode.WebviewPanel,
    private uri: vscode.Uri | undefined,
    state: PageState = {},
  ) {
    this.scenario = state.scenario ?? null;
    this.pinned = state.pinned ?? false;
    this.questions = new Latest((answer) => this.answered(answer));
    const { extensionUri } = extension.context;
    panel.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, "images/file-light.svg"),
      dark: vscode.Uri.joinPath(extensionUri, "images/file-dark.svg"),
    };
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(extensionUri, "dist")],
    };
    this.listening = panel.webview.onDidReceiveMessage((message: FromPage) => this.hear(message));
    panel.webview.html = pageHtml(panel.webview, extensionUri);
    this.entitle();
  }

  get file(): vscode.Uri | undefined {
    return this.uri;
  }

  /** What is kept of it when somebody wants to. */
  get kept(): Kept | undefined {
    return this.uri && { uri: this.uri, scenario: this.scenario };
  }

  get isPinned(): boolean {
    return this.pinned;
  }

  get isActive(): boolean {
    return this.panel.active;
  }

  get onDidDispose(): vscode.Event<void> {
    return this.panel.onDidDispose;
  }

  get onDidChangeViewState(): vscode.Event<unknown> {
    return this.panel.onDidChangeViewState;
  }

  /** Fires when it is pinned, and when it follows the editor again. */
  readonly onDidPin = this.pinning.event;

  /** Brings it to the front, and leaves the focus where it is. */
  show(): void {
    this.panel.reveal(undefined, true);
  }

  /** Pins it to its file, or lets it follow the editor again. */
  pin(pinned: boolean): void {
    this.pinned = pinned;
    this.entitle();
    this.tellAbout();
    this.pinning.fire();
  }

  /** Makes it the report of another file. */
  follow(uri: vscode.Uri): void {
    if (uri.toString() === this.uri?.toString()) return;
    this.uri = uri;
    this.scenario = null;
    this.shown = undefined;
    this.entitle();
    this.tellAbout();
    this.ask();
  }

  /** What it shows of a file may be old. */
  gotStale(uri: string): void {
    const file = vscode.Uri.parse(uri).toString();
    const files = [this.uri, ...Object.values(this.shown?.files ?? {}).map((each) => vscode.Uri.parse(each))];
    if (files.some((each) => each?.toString() === file)) this.ask();
  }

  dispose(): void {
    clearTimeout(this.quiet);
    this.questions.dispose();
    this.listening.dispose();
    this.pinning.dispose();
    this.panel.dispose();
  }

  private ask(): void {
    if (!this.isThere) return;
    const { uri, scenario } = this;
    if (!uri) {
      this.tell({ kind: "absent", why: "no-file" });
      return;
    }
    clearTimeout(this.quiet);
    this.quiet = setTimeout(
      () => this.tell(this.shown ? { kind: "busy" } : { kind: "absent", why: "simulating" }),
      QUIET_MILLISECONDS,
    );
    const params = { uri: uri.toString(), ...(scenario !== null && { scenario }) };
    this.questions.ask((token) => this.extension.server.request(REPORT, params, token));
  }

  private answered(answer: ReportResult | Failure): void {
    clearTimeout(this.quiet);
    this.shown = !("failure" in answer) && answer.state === "ready" ? answer : undefined;
    this.number += 1;
    this.tell(messageOf(answer, this.number));
  }

  private hear(message: FromPage): void {
    switch (message.kind) {
      case "ready":
        this.isThere = true;
        this.tellAbout();
        this.ask();
        break;
      case "again":
        this.ask();
        break;
      case "scenario":
        this.scenario = message.title;
        this.ask();
        break;
      case "reveal":
        this.reveal(message);
        break;
      case "rule":
        void vscode.commands.executeCommand(COMMANDS.explainRule, message.code);
        break;
      case "sample":
        void vscode.commands.executeCommand(COMMANDS.newFromSample);
        break;
      case "stages":
        void this.tellStages(message);
    }
  }

  private reveal(row: RowPlace): void {
    const place = placeOf(this.shown?.files ?? {}, row);
    if (place) void reveal(place);
  }

  private async tellStages(message: Extract<FromPage, { kind: "stages" }>): Promise<void> {
    const { number, id, scenario, step } = message;
    if (!this.uri) return;
    const params = { uri: this.uri.toString(), step, ...(scenario !== undefined && { scenario }) };
    const found = await this.extension.server.request(STAGES, params).catch(() => null);
    this.tell({ kind: "stages", number, id, html: found?.html ?? null });
  }

  private tellAbout(): void {
    this.tell({ kind: "about", uri: this.uri?.toString(), pinned: this.pinned });
  }

  private tell(message: ToPage): void {
    void this.panel.webview.postMessage(message);
  }

  private entitle(): void {
    const name = this.uri ? this.uri.path.slice(this.uri.path.lastIndexOf("/") + 1) : "IOASID";
    this.panel.title = this.pinned ? `[Report ${name}]` : `Report ${name}`;
  }
}

/** What the page is told of an answer. @param number counts the answers */
function messageOf(answer: ReportResult | Failure, number: number): ToPage {
  if ("failure" in answer) return { kind: "absent", why: "failed", text: answer.failure };
  if (answer.state !== "ready") return { kind: "absent", why: answer.state };
  const { html, summary, isGood, scenario, scenarios } = answer;
  return { kind: "report", number, html, summary, isGood, scenario, scenarios };
}
