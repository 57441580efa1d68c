import { type Analysis, analyze, type Host, runToEnd } from "../../engine/language/index.js";
import type { View } from "../../engine/services/index.js";

/** Name of the root file of a test. */
export const FILE = "test.ioasid";

/** A text compiled and run, as the editor has it. @param imports texts of other files by their name */
export function viewOf(text: string, imports: Readonly<Record<string, string>> = {}): View {
  const analysis = analysisOf(text, imports);
  return { analysis, result: runToEnd(analysis.program) };
}

/** The same without the run. */
export function analysisOf(text: string, imports: Readonly<Record<string, string>> = {}): Analysis {
  const host: Host = {
    read: (name) => (name === FILE ? text : (imports[name] ?? { error: `There is no file "${name}".` })),
    resolve: (_from, target) => target,
  };
  return analyze(FILE, host);
}
