import {
  type CancellationToken,
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticParams,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import type { Context } from "../context.js";
import { hashOf } from "../hash.js";
import { raced } from "../raced.js";
import { keyOf } from "../uris.js";
import type { Checks } from "./checks.js";
import { type Report, reportOf } from "./pulls.js";

const NOTHING_FOUND = hashOf([]);

/** Answers for all files that the client does not ask about one by one: those that are not open. */
export function answerWorkspacePulls(context: Context, checks: Checks): void {
  context.connection.languages.diagnostics.onWorkspace(async (params, token, _progress, partial) => {
    const answer = new Answer(context, params, (items) => partial?.report({ items }));
    if (context.settings().diagnostics.workspace) await answer.check(checks, token);
    const items = answer.rest();
    if (!partial) return { items: answer.all };
    partial.report({ items });
    return { items: [] };
  });
}

/** One answer, told piece by piece as it becomes known. */
class Answer {
  private readonly previous: ReadonlyMap<string, string>;
  private readonly reports = new Map<string, WorkspaceDocumentDiagnosticReport>();

  constructor(
    private readonly context: Context,
    { previousResultIds }: WorkspaceDiagnosticParams,
    private readonly tell: (items: WorkspaceDocumentDiagnosticReport[]) => void,
  ) {
    this.previous = new Map(previousResultIds.map(({ uri, value }) => [keyOf(uri), value]));
  }

  get all(): WorkspaceDocumentDiagnosticReport[] {
    return [...this.reports.values()];
  }

  /** Checks every root file that is not open, to its end. */
  async check(checks: Checks, token: CancellationToken): Promise<void> {
    const { programs, documents, checker } = this.context;
    await programs.found(token);
    const closed = programs.uris.filter((uri) => !documents.get(uri));
    await programs.each(closed, token, async (root) => {
      await raced(checks.checkWhole(root), token);
      const news = [root, ...checker.filesOf(root)].flatMap((uri) => this.news(uri) ?? []);
      if (news.length > 0) this.tell(news);
    });
  }

  /** What was not told yet: of the files that the client knows of, also that they have no findings any more. */
  rest(): WorkspaceDocumentDiagnosticReport[] {
    const known = this.isWanted() ? this.context.checker.files : [];
    return [...new Set([...known, ...this.previous.keys()])].flatMap((uri) => this.news(uri) ?? []);
  }

  /** The report of a file, if it is another one than was told last. */
  private news(uri: string): WorkspaceDocumentDiagnosticReport | undefined {
    const { documents, programs, names } = this.context;
    const document = documents.get(uri);
    if (document && programs.has(uri)) return undefined;
    const previous = this.previous.get(uri);
    const report = this.isWanted() ? reportOf(this.context.checker, uri, previous) : nothing(previous);
    if (this.reports.get(uri)?.resultId === report.resultId) return undefined;
    const told = { ...report, uri: names.spelled(uri), version: document?.version ?? null };
    this.reports.set(uri, told);
    return told;
  }

  private isWanted(): boolean {
    return this.context.settings().diagnostics.workspace;
  }
}

/** What is said of a file whose findings are not wanted. */
function nothing(previous: string | undefined): Report {
  return previous === NOTHING_FOUND
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: NOTHING_FOUND }
    : { kind: DocumentDiagnosticReportKind.Full, resultId: NOTHING_FOUND, items: [] };
}
