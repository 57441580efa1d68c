import { type Analysis, type Diagnostic, type Fix, fixesFor } from "../../language/index.js";
import type { Action } from "./action.js";

/**
 * The fixes of some findings, the best of each first; one that answers several of them is there once.
 * @param findings of the compilation or of a run of `analysis.program`
 */
export function quickFixes(analysis: Analysis, findings: readonly Diagnostic[]): readonly Action[] {
  const actions = new Map<string, Action>();
  for (const finding of findings) {
    const fixes = fixesFor(finding, analysis);
    const preferred = fixes.find(({ safe }) => safe);
    for (const fix of fixes) {
      const key = JSON.stringify([fix.title, fix.edits]);
      const known = actions.get(key);
      actions.set(key, {
        title: fix.title,
        kind: "quickfix",
        preferred: fix === preferred || (known?.preferred ?? false),
        resolves: [...(known?.resolves ?? []), finding],
        edits: fix.edits,
      });
    }
  }
  return [...actions.values()];
}

/**
 * Rules among those of `asked` of which several findings of a file have a fix that chooses nothing for the
 * author: `repair` puts them right together.
 * @param all every finding of the program
 */
export function rulesToFixAtOnce(
  analysis: Analysis,
  file: string,
  asked: readonly Diagnostic[],
  all: readonly Diagnostic[],
): readonly string[] {
  const rules = [...new Set(asked.map(({ code }) => code))];
  return rules.filter((rule) => {
    const found = all.filter(({ code, span }) => code === rule && span.file === file);
    return found.length > 1 && found.filter((each) => safeFixOf(analysis, file, each)).length > 1;
  });
}

/** Whether some error or warning of a file has a fix that chooses nothing for the author. */
export function canRepair(analysis: Analysis, file: string, all: readonly Diagnostic[]): boolean {
  return all.some(
    (each) =>
      (each.severity === "error" || each.severity === "warning") &&
      safeFixOf(analysis, file, each) !== undefined,
  );
}

function safeFixOf(analysis: Analysis, file: string, finding: Diagnostic): Fix | undefined {
  return fixesFor(finding, analysis).find(
    ({ safe, edits }) => safe && edits.every((edit) => edit.file === file),
  );
}
