import {
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type ServerCapabilities,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import { withoutAnswer } from "./asked-of-client.js";
import type { Client, Context } from "./context.js";
import { hashOf } from "./hash.js";
import { keyOf } from "./uris.js";

/** Milliseconds of quiet after a change before the file is checked, so that a burst of edits is checked once. */
const DEBOUNCE_MILLISECONDS = 30;

/** A run that takes longer than this is not waited for: what is known without it is told first. */
const PATIENCE_MILLISECONDS = 20;

/** Whether the client asks for findings; to any other they are sent. */
export function pullsDiagnostics({ capabilities }: Client): boolean {
  return capabilities.textDocument?.diagnostic !== undefined;
}

/** Tells the client about findings in the way that it wants: pushed when they change, or when it asks. */
export class DiagnosticsFeature {
  private readonly waiting = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly published = new Map<string, string>();
  private readonly pulls: boolean;

  /** @param checked called whenever the findings of some file may be others */
  constructor(
    private readonly context: Context,
    private readonly checked: () => void,
  ) {
    this.pulls = pullsDiagnostics(context.client);
  }

  static capabilities(client: Client): ServerCapabilities {
    if (!pullsDiagnostics(client)) return {};
    return {
      diagnosticProvider: { identifier: "ioasid", interFileDependencies: true, workspaceDiagnostics: true },
    };
  }

  register(): void {
    if (!this.pulls) return;
    const { languages } = this.context.connection;
    languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
      const uri = keyOf(textDocument.uri);
      if (this.context.programs.has(uri)) await this.check(uri);
      if (token.isCancellationRequested) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
      return this.report(uri, previousResultId);
    });
    languages.diagnostics.onWorkspace(async ({ previousResultIds }, token) => {
      const known = new Map(previousResultIds.map(({ uri, value }) => [keyOf(uri), value]));
      const items: WorkspaceDocumentDiagnosticReport[] = [];
      for (const uri of this.closedFiles()) {
        if (token.isCancellationRequested) break;
        await this.check(uri);
        items.push({
          ...this.report(uri, known.get(uri)),
          uri: this.context.names.spelled(uri),
          version: null,
        });
      }
      return { items };
    });
  }

  /** Checks a root file when nothing more comes for a moment; a client that asks for findings sets its own pace. */
  schedule(uri: string): void {
    if (this.pulls) return;
    clearTimeout(this.waiting.get(uri));
    this.waiting.set(
      uri,
      setTimeout(() => {
        this.waiting.delete(uri);
        void this.check(uri);
      }, DEBOUNCE_MILLISECONDS),
    );
  }

  /** A root file is gone from the workspace. */
  forget(uri: string): void {
    clearTimeout(this.waiting.get(uri));
    this.waiting.delete(uri);
    this.tell(this.context.checker.forget(uri));
  }

  /** Something changed beside the open documents: a client that asks for findings has to ask again. */
  refresh(): void {
    if (this.pulls && this.context.client.capabilities.workspace?.diagnostics?.refreshSupport) {
      withoutAnswer(this.context.connection.languages.diagnostics.refresh());
    }
  }

  /** Checks a root file. When its run takes long, this ends before the run does, and what it finds follows. */
  private async check(uri: string): Promise<void> {
    const { checker } = this.context;
    const whole = settled(checker.checkRun(uri));
    const early = await Promise.race([whole, after(PATIENCE_MILLISECONDS)]);
    if (early) {
      this.tell(early);
      return;
    }
    this.tell((await settled(checker.checkText(uri))) ?? []);
    void whole.then((files) => {
      this.tell(files ?? []);
      this.refresh();
    });
  }

  private tell(files: readonly string[]): void {
    if (!this.pulls) for (const uri of files) this.push(uri);
    this.checked();
  }

  /** Sends the findings of a file, when they are others than before. */
  private push(uri: string): void {
    const { connection, checker, documents } = this.context;
    const diagnostics = checker.findingsIn(uri);
    const version = documents.get(uri)?.version;
    const content = `${version} ${hashOf(diagnostics)}`;
    // A file that nobody has open and that has no findings needs no word; an open one gets an answer.
    const known = this.published.get(uri) ?? `undefined ${EMPTY}`;
    if (known === content) return;
    this.published.set(uri, content);
    const address = this.context.names.spelled(uri);
    void connection.sendDiagnostics({
      uri: address,
      ...(version !== undefined && { version }),
      diagnostics,
    });
  }

  private report(uri: string, previous: string | undefined): DocumentDiagnosticReport {
    const items = this.context.checker.findingsIn(uri);
    const resultId = hashOf(items);
    return resultId === previous
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
      : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  }

  private closedFiles(): readonly string[] {
    if (!this.context.settings().diagnostics.workspace) return [];
    return this.context.programs.uris.filter((uri) => !this.context.documents.get(uri));
  }
}

const EMPTY = hashOf([]);

function after(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}

/** A check that was dropped, since the file changed or went while it ran, ends with nothing. */
function settled<T>(promise: Promise<T>): Promise<T | undefined> {
  return promise.catch(() => undefined);
}
