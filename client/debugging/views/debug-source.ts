import * as vscode from "vscode";
import {
  DEBUG_STATE,
  DEBUG_STATE_PAGE,
  type DebugState,
  type DebugStatePageResult,
  type Page,
  type StateItem,
} from "../../../server/protocol/index.js";
import { type Failure, Latest } from "../../following/latest.js";
import type { Selected, SelectedThread } from "../../following/selected-thread.js";
import { Lists } from "../../views/lists.js";
import type { TreeSource } from "../../views/tree.js";

/** The machine where the selected scenario stands, for all views of the debugger. */
export class DebugSource implements TreeSource<DebugState>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly questions: Latest<DebugState>;
  private readonly listening: vscode.Disposable;
  private shown: DebugState | undefined;
  private words: string | undefined;
  private isWanted = false;

  readonly lists = new Lists((list, from, count) => this.fetch(list, from, count));
  readonly more = "ioasidDebug.more";
  /** Fires when there is something else to show. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly selection: SelectedThread) {
    this.questions = new Latest((answer) => this.answered(answer));
    this.listening = selection.onDidChange(() => this.ask());
  }

  get state(): DebugState | undefined {
    return this.shown;
  }

  /** Why there is nothing to show; `undefined` where there is. */
  get problem(): string | undefined {
    return this.words;
  }

  /** Whether somebody looks: nothing is asked of the adapter for views that nobody sees. */
  set wanted(isWanted: boolean) {
    if (isWanted && !this.isWanted) {
      this.isWanted = true;
      this.ask();
    }
    this.isWanted = isWanted;
  }

  /** Shows more items of a list. @param shown how many are shown by now */
  showMore(list: string, shown: number): void {
    this.lists.want(list, shown);
    this.changed.fire();
  }

  /** A piece of a list of the present state. @throws when there is none */
  async page(list: string, from: number, count: number): Promise<Page<StateItem>> {
    const { now } = this.selection;
    if (!now) return { list, from, items: [], total: 0 };
    return asked<DebugStatePageResult>(now, DEBUG_STATE_PAGE, { list, from, count });
  }

  dispose(): void {
    this.questions.dispose();
    this.listening.dispose();
    this.changed.dispose();
  }

  private ask(): void {
    const { now } = this.selection;
    if (!now) this.answered(undefined);
    else if (this.isWanted) this.questions.ask(() => asked<DebugState>(now, DEBUG_STATE, {}));
  }

  private async fetch(list: string, from: number, count: number): Promise<readonly StateItem[]> {
    return (await this.page(list, from, count)).items;
  }

  private answered(answer: DebugState | Failure | undefined): void {
    this.lists.renew();
    this.shown = answer && "failure" in answer ? undefined : answer;
    this.words = answer && "failure" in answer ? answer.failure : undefined;
    this.changed.fire();
  }
}

/** @throws with the adapter's words when it refuses */
async function asked<R>({ session, threadId }: Selected, request: string, more: object): Promise<R> {
  return session.customRequest(request, { threadId, ...more }) as Promise<R>;
}
