import {
  type Analysis,
  analyze,
  analyzePorted,
  type CompileOptions,
  type Host,
  type PlacedFinding,
} from "../../engine/language/index.js";
import { portText } from "../../engine/report/index.js";

/** The interfaces that a launch may name. */
export type LaunchUapi = "v1" | "v2" | "iommufd";

/** A program as it runs behind the interface that a launch names. */
export interface Behind {
  readonly analysis: Analysis;
  /** What is to be told of it; empty when it runs as it is written. */
  readonly notes: string;
}

/**
 * Puts a file behind the interface that a launch names. v1 and v2 of the RFC have the same statements, so the
 * same ones run; what a file becomes behind iommufd is ported.
 * @param written the file as it is written
 * @returns a sentence that says why it cannot be put there
 */
export function behind(
  { program, ...written }: Analysis,
  host: Host,
  options: CompileOptions,
  uapi: LaunchUapi | undefined,
): Behind | { readonly error: string } {
  const { file, platform } = program;
  if (uapi === undefined || uapi === platform.uapi) return { analysis: { program, ...written }, notes: "" };
  if (platform.uapi === "iommufd") {
    const error = `${file} is written for iommufd, and cannot run with "uapi": "${uapi}"; there is no way back to the RFC, which has no HWPTs and chooses the pPASIDs itself.`;
    return { error };
  }
  if (uapi !== "iommufd") return { analysis: analyze(file, host, { ...options, uapi }), notes: "" };
  const ported = analyzePorted(file, host, "iommufd", options);
  if (ported.kind === "refused") return { error: ported.reason };
  return { analysis: ported.analysis, notes: notesOf(file, ported.findings) };
}

function notesOf(file: string, findings: readonly PlacedFinding[]): string {
  const all =
    findings.length === 0
      ? "Every statement has a counterpart there."
      : "Not all of it has a counterpart there:";
  return `${file} runs behind iommufd: the statements are what its own become, at the lines that they come from. ${all}\n${portText(findings)}`;
}
