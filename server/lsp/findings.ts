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

/** A finding as the protocol has it, and the file that it stands in, as the server calls it. */
export interface PlacedFinding {
  readonly uri: string;
  readonly finding: LspDiagnostic;
}

/** Findings in the form of the protocol. */
export function placedFindings(
  compiled: Compiled,
  diagnostics: readonly Diagnostic[],
  form: FindingForm,
): PlacedFinding[] {
  return diagnostics.map((diagnostic) => ({
    uri: compiled.keyOf(diagnostic.span.file),
    finding: lspFinding(compiled, diagnostic, form),
  }));
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
