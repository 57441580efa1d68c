import type { Analysis, CompileOptions } from "../lowering/analysis.js";
import { analyze } from "../lowering/compile.js";
import type { Host } from "../names/load.js";
import { type PlacedFinding, type PortTarget, portWithPlaces, withText } from "./port.js";

/** A file of the RFC as it runs behind another interface, or a sentence that says why it cannot. */
export type PortedAnalysis =
  | { readonly kind: "ported"; readonly analysis: Analysis; readonly findings: readonly PlacedFinding[] }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Compiles what a file becomes behind another interface. Its statements are those of the ported text, and its
 * places those of the file as it was written.
 * @param file name of the file, in the form that `host.read` takes
 */
export function analyzePorted(
  file: string,
  host: Host,
  to: PortTarget,
  options: CompileOptions = {},
): PortedAnalysis {
  const ported = portWithPlaces(file, host, to, options);
  if (ported.kind === "refused") return ported;
  const { text, findings, original, placeOf } = ported;
  const analysis = analyze(file, withText(host, file, text), options);
  const written = {
    sources: original.sources,
    spanOf: (span: { file: string; start: number; end: number }) =>
      span.file === file ? placeOf(span) : span,
  };
  return { kind: "ported", analysis: { ...analysis, program: { ...analysis.program, written } }, findings };
}
