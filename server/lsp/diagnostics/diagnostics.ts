import type { ServerCapabilities } from "vscode-languageserver";
import type { Client, Context } from "../context.js";
import { isLargeText } from "../large-texts.js";
import { LARGE_UNITS } from "../programs.js";
import { Checks } from "./checks.js";
import { Pulls } from "./pulls.js";
import { Pushes } from "./pushes.js";

/** Milliseconds of quiet after a change before the file is checked, so that a burst of edits is checked once. */
const DEBOUNCE_MILLISECONDS = 30;

/** The same for a text that takes long to read: while somebody types, other requests have to be answered. */
const LARGE_DEBOUNCE_MILLISECONDS = 500;

/** Whether the client asks for findings; to any other they are sent. */
function pullsDiagnostics({ capabilities }: Client): boolean {
  return capabilities.textDocument?.diagnostic !== undefined;
}

/** Tells the client about findings in the way that it wants: pushed when they change, or when it asks. */
export class DiagnosticsFeature {
  private readonly checks: Checks;
  /** One of the two, by what the client wants. */
  private readonly pushes: Pushes | undefined;
  private readonly pulls: Pulls | undefined;
  /** Root files that are checked after a moment; what to call so that they are not. */
  private readonly waiting = new Map<string, () => void>();

  /** @param changed called whenever the findings of some file may be others */
  constructor(
    private readonly context: Context,
    changed: () => void,
  ) {
    const { connection, environment, programs, checker } = context;
    this.checks = new Checks(connection, environment, programs, checker, {
      told: (files) => {
        this.tell(files);
        changed();
      },
    });
    if (pullsDiagnostics(context.client)) this.pulls = new Pulls(context, this.checks);
    else this.pushes = new Pushes(context);
  }

  static capabilities(client: Client): ServerCapabilities {
    if (!pullsDiagnostics(client)) return {};
    return {
      diagnosticProvider: { identifier: "ioasid", interFileDependencies: true, workspaceDiagnostics: true },
    };
  }

  register(): void {
    this.pulls?.register();
  }

  /**
   * A root file is another one now: it is checked when nothing more comes for a moment, unless the client asks
   * for findings, and so sets the pace itself.
   */
  schedule(uri: string): void {
    this.checks.drop(uri);
    if (!this.pushes) return;
    this.waiting.get(uri)?.();
    const length = this.context.documents.get(uri)?.places.text.length ?? 0;
    const wait = length > LARGE_UNITS ? LARGE_DEBOUNCE_MILLISECONDS : DEBOUNCE_MILLISECONDS;
    const cancel = this.context.environment.after(wait, () => {
      if (isLargeText(this.context.documents, uri)) void this.checkNext(uri);
      else this.check(uri);
    });
    this.waiting.set(uri, cancel);
  }

  /** The answers that are ready are sent, and the questions that have come answered, before the compiler begins. */
  private async checkNext(uri: string): Promise<void> {
    let isDropped = false;
    this.waiting.set(uri, () => {
      isDropped = true;
    });
    await this.context.environment.nextTurn();
    if (!isDropped) this.check(uri);
  }

  private check(uri: string): void {
    this.waiting.delete(uri);
    void this.checks.check(uri);
  }

  /** A root file is gone from the workspace. */
  forget(uri: string): void {
    this.waiting.get(uri)?.();
    this.waiting.delete(uri);
    this.checks.drop(uri);
    this.tell(this.context.checker.forget(uri));
  }

  /** A document was opened or closed: whatever the client has of it, it is told anew. */
  forgetTold(uri: string): void {
    this.pushes?.forgetTold(uri);
  }

  /** Something changed beside the documents: a client that asks for findings has to ask again. */
  refresh(): void {
    for (const uri of this.context.checker.files) this.pushes?.push(uri);
    this.pulls?.refresh();
  }

  stop(): void {
    for (const cancel of this.waiting.values()) cancel();
    this.waiting.clear();
    this.checks.stop();
  }

  private tell(files: readonly string[]): void {
    for (const uri of files) this.pushes?.push(uri);
    this.pulls?.changed(files);
  }
}
