import {
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic as LspDiagnostic,
} from "vscode-languageserver";
import type { Diagnostic, Severity } from "../../engine/language/index.js";
import { hasPage, tagOf } from "../../engine/services/index.js";
import type { Compiled } from "./compile.js";

const SEVERITIES: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** What a client can show beside the message of a finding. */
export interface FindingForm {
  /** With related places. */
  readonly related: boolean;
  /** Address of a rule's page with `{code}` for its id; absent where there is none to show. */
  readonly rulePage: string | undefined;
}

/** Findings in the form of the protocol, by the files that they stand in, as the server calls these. */
export function placedFindings(
  compiled: Compiled,
  diagnostics: readonly Diagnostic[],
  form: FindingForm,
): Map<string, LspDiagnostic[]> {
  const placed = new Map<string, LspDiagnostic[]>();
  for (const diagnostic of diagnostics) {
    const uri = compiled.keyOf(diagnostic.span.file);
    const inFile = placed.get(uri) ?? [];
    placed.set(uri, inFile);
    inFile.push(lspFinding(compiled, diagnostic, form));
  }
  return placed;
}

/** From top to bottom; what stands at one place has an order that does not depend on who found it first. */
export function inTextOrder(findings: readonly LspDiagnostic[]): LspDiagnostic[] {
  return [...findings].sort(
    (a, b) =>
      a.range.start.line - b.range.start.line ||
      a.range.start.character - b.range.start.character ||
      compareTexts(String(a.code), String(b.code)) ||
      compareTexts(String(a.message), String(b.message)),
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** One finding in the form of the protocol; its scenario is named, since a file may have several. */
export function lspFinding(compiled: Compiled, diagnostic: Diagnostic, form: FindingForm): LspDiagnostic {
  const { code, severity, message, span, scenario } = diagnostic;
  const tag = tagOf(diagnostic);
  return {
    range: compiled.places(span.file).range(span),
    severity: SEVERITIES[severity],
    source: "ioasid",
    code,
    message: scenario === undefined ? message : `${message} (scenario "${scenario}")`,
    ...(form.rulePage &&
      hasPage(code) && { codeDescription: { href: form.rulePage.replace("{code}", code) } }),
    ...(tag && { tags: [DiagnosticTag.Unnecessary] }),
    ...(form.related && { relatedInformation: relatedPlaces(compiled, diagnostic) }),
  };
}

function relatedPlaces(compiled: Compiled, { related }: Diagnostic): DiagnosticRelatedInformation[] {
  return related.map(({ span, message }) => ({
    location: { uri: compiled.uriOf(span.file), range: compiled.places(span.file).range(span) },
    message,
  }));
}
