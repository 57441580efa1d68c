import {
  type CancellationToken,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type FullDocumentDiagnosticReport,
  type UnchangedDocumentDiagnosticReport,
} from "vscode-languageserver";
import type { Checker } from "../checker.js";
import type { Context } from "../context.js";
import type { OpenDocument } from "../documents.js";
import { isLargeText } from "../large-texts.js";
import { withoutAnswer } from "../quietly.js";
import { raced } from "../raced.js";
import { keyOf } from "../uris.js";
import type { Checks } from "./checks.js";
import { answerWorkspacePulls } from "./workspace-pulls.js";

export type Report = FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport;

/**
 * Milliseconds that a question about a large text waits for others: a client asks for findings first, and for
 * what may stand at the cursor a moment later.
 */
const PAUSE_MILLISECONDS = 30;

/** What a client shows of a document that it has open. */
interface Shown {
  readonly document: OpenDocument | undefined;
  readonly resultId: string;
}

/** Answers a client that asks for findings. */
export class Pulls {
  private readonly shown = new Map<string, Shown>();
  /** Closed files that were in the last answer about a root file. */
  private readonly related = new Map<string, readonly string[]>();
  private refreshes: "none" | "asked" | "again" = "none";

  constructor(
    private readonly context: Context,
    private readonly checks: Checks,
  ) {}

  register(): void {
    const { connection } = this.context;
    connection.languages.diagnostics.on(({ textDocument, previousResultId }, token) =>
      this.answer(keyOf(textDocument.uri), previousResultId, token),
    );
    answerWorkspacePulls(this.context, this.checks);
  }

  /** The findings of files may be others now: where the client shows others, it has to ask again. */
  changed(files: readonly string[]): void {
    const { documents, checker } = this.context;
    const isOutdated = (uri: string): boolean => {
      const shown = this.shown.get(uri);
      // After an edit the client asks by itself.
      if (!shown || shown.document !== documents.get(uri)) return false;
      return shown.resultId !== checker.resultId(uri);
    };
    if (files.some(isOutdated)) this.refresh();
  }

  /** Lets the client ask again for everything; while it has not answered, once more is enough. */
  refresh(): void {
    const { client, connection } = this.context;
    if (!client.capabilities.workspace?.diagnostics?.refreshSupport) return;
    const isFirst = this.refreshes === "none";
    this.refreshes = isFirst ? "asked" : "again";
    if (!isFirst) return;
    const answered = connection.languages.diagnostics.refresh().finally(() => {
      const isAgain = this.refreshes === "again";
      this.refreshes = "none";
      if (isAgain) this.refresh();
    });
    withoutAnswer(answered);
  }

  private async answer(
    uri: string,
    previous: string | undefined,
    token: CancellationToken,
  ): Promise<DocumentDiagnosticReport> {
    const { checker, documents, programs } = this.context;
    // What the check finds is in the answer, so it is no reason to ask again.
    this.shown.delete(uri);
    if (isLargeText(documents, uri) && !programs.current(uri)) await raced(this.pause(), token);
    await this.checked(uri, token);
    for (const root of checker.findersOf(uri)) if (root !== uri) await this.checked(root, token);
    const report = reportOf(checker, uri, previous);
    this.shown.set(uri, { document: documents.get(uri), resultId: report.resultId ?? "" });
    const relatedDocuments = this.relatedReports(uri);
    return { ...report, ...(relatedDocuments && { relatedDocuments }) };
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      this.context.environment.after(PAUSE_MILLISECONDS, resolve);
    });
  }

  /** Checks a root file until nothing changes meanwhile. */
  private async checked(root: string, token: CancellationToken): Promise<void> {
    const { programs } = this.context;
    for (let generation = programs.generation(root); generation !== undefined; ) {
      await raced(this.checks.check(root), token);
      const now = programs.generation(root);
      if (now === generation) return;
      generation = now;
    }
  }

  /** Findings in files that are not open; those that have none any more are told once. */
  private relatedReports(uri: string): Record<string, Report> | undefined {
    const { client, checker, documents, names, settings } = this.context;
    if (!client.capabilities.textDocument?.diagnostic?.relatedDocumentSupport) return undefined;
    if (!settings().diagnostics.workspace) return undefined;
    const files = checker.filesOf(uri).filter((file) => file !== uri && !documents.get(file));
    const told = new Set([...files, ...(this.related.get(uri) ?? [])]);
    this.related.set(uri, files);
    if (told.size === 0) return undefined;
    return Object.fromEntries(
      [...told].map((file) => [names.spelled(file), reportOf(checker, file, undefined)]),
    );
  }
}

/** The findings of a file, or that they are what the client has. */
export function reportOf(checker: Checker, uri: string, previous: string | undefined): Report {
  const resultId = checker.resultId(uri);
  return resultId === previous
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, resultId, items: checker.findingsIn(uri) };
}
