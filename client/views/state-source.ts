import * as vscode from "vscode";
import {
  type FileState,
  STATE,
  STATE_PAGE,
  type StateItem,
  type StateResult,
} from "../../server/protocol/index.js";
import type { Extension } from "../extension.js";
import { type Failure, Latest } from "../following/latest.js";
import { Lists } from "./lists.js";
import type { TreeSource } from "./tree.js";

/** What there is to show: a state, or why there is none. */
export type Shown =
  | { readonly kind: "state"; readonly state: FileState }
  | { readonly kind: "none"; readonly why: "no-file" | "simulating" | "too-large" | "stopped" | "unknown" }
  | { readonly kind: "none"; readonly why: "failed"; readonly text: string };

/** A run that ends before this needs no word that it goes on. */
const QUIET_MILLISECONDS = 300;

/** The state that all trees show: of the file that views are about, at the end of the start state or a scenario. */
export class StateSource implements TreeSource<FileState>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly questions: Latest<StateResult>;
  private readonly listening: vscode.Disposable;
  private quiet: ReturnType<typeof setTimeout> | undefined;
  private title: string | undefined;
  private now: Shown = { kind: "none", why: "no-file" };

  readonly lists = new Lists((list, from, count) => this.fetch(list, from, count));
  readonly more = "ioasid.views.more";
  /** Fires when there is something else to show. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly extension: Extension) {
    const { followed, staleness } = extension;
    this.questions = new Latest((answer) => this.show(shownOf(answer)));
    this.listening = vscode.Disposable.from(
      followed.onDidChange(() => {
        this.title = undefined;
        this.lists.forget();
        this.ask();
      }),
      staleness.onDidGetStale((uri) => {
        if (vscode.Uri.parse(uri).toString() === followed.uri?.toString()) this.ask();
      }),
    );
    this.ask();
  }

  get uri(): vscode.Uri | undefined {
    return this.extension.followed.uri;
  }

  get shown(): Shown {
    return this.now;
  }

  get state(): FileState | undefined {
    return this.now.kind === "state" ? this.now.state : undefined;
  }

  /** Shows the state at the end of a scenario, or the start state again. */
  choose(title: string | undefined): void {
    this.title = title;
    this.lists.forget();
    this.ask();
  }

  /** Shows more items of a list. @param shown how many are shown by now */
  showMore(list: string, shown: number): void {
    this.lists.want(list, shown);
    this.changed.fire();
  }

  dispose(): void {
    clearTimeout(this.quiet);
    this.questions.dispose();
    this.listening.dispose();
    this.changed.dispose();
  }

  private ask(): void {
    const { uri, title } = this;
    if (!uri) return;
    clearTimeout(this.quiet);
    // While something is there to look at, it stays until the next thing is.
    if (this.now.kind === "none") {
      this.quiet = setTimeout(() => this.show({ kind: "none", why: "simulating" }), QUIET_MILLISECONDS);
    }
    const params = { uri: uri.toString(), ...(title !== undefined && { scenario: title }) };
    this.questions.ask((token) => this.extension.server.request(STATE, params, token));
  }

  private async fetch(list: string, from: number, count: number): Promise<readonly StateItem[]> {
    const { uri, title } = this;
    if (!uri) return [];
    const { items } = await this.extension.server.request(STATE_PAGE, {
      uri: uri.toString(),
      list,
      from,
      count,
      ...(title !== undefined && { scenario: title }),
    });
    return items;
  }

  private show(shown: Shown): void {
    clearTimeout(this.quiet);
    this.lists.renew();
    this.now = shown;
    this.changed.fire();
  }
}

function shownOf(answer: StateResult | Failure): Shown {
  if ("failure" in answer) return { kind: "none", why: "failed", text: answer.failure };
  return answer.state === "ready" ? { kind: "state", state: answer } : { kind: "none", why: answer.state };
}
