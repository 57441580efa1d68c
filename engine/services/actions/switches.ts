import {
  type Diagnostic,
  ignoreHere,
  ignoreInFile,
  levelChange,
  type WrittenSwitch,
} from "../../language/index.js";
import type { View } from "../view.js";
import type { Action } from "./action.js";

/**
 * Comments that hide a finding: at its statement, and in its whole file. None for what is hidden already in
 * effect (a hint), and none for a step that did not do what it states: such a step keeps an error anyway.
 */
export function ignoreActions(view: View, finding: Diagnostic): readonly Action[] {
  const { code, span, severity } = finding;
  const tree = view.analysis.trees.get(span.file);
  if (!tree || severity === "hint" || isOfFailedStep(view, finding)) return [];
  return [
    ignoring(`Ignore ${code} here`, finding, ignoreHere(tree, span.start, code)),
    ignoring(`Ignore ${code} in this file`, finding, ignoreInFile(tree, code)),
  ].flat();
}

/**
 * The rule of a finding switched off for all files of a folder.
 * @param config name and text of the configuration that holds for them, the text absent where there is none yet
 */
export function levelActions(
  view: View,
  finding: Diagnostic,
  { file, text }: { readonly file: string; readonly text: string | undefined },
): readonly Action[] {
  const { code, severity } = finding;
  const change = levelChange(text ?? "", code, "off");
  if (!change || severity === "hint" || isOfFailedStep(view, finding)) return [];
  return [
    {
      title: `Set ${code} to "off" in ${file.slice(file.lastIndexOf("/") + 1)}`,
      kind: "quickfix",
      preferred: false,
      resolves: [finding],
      edits: [{ file, ...change }],
      ...(text === undefined && { creates: [file] }),
    },
  ];
}

function ignoring(title: string, finding: Diagnostic, written: WrittenSwitch | undefined): Action[] {
  if (!written) return [];
  const { start, end, text, reasonAt } = written;
  const edit = {
    file: finding.span.file,
    start,
    end,
    text,
    ...(reasonAt !== undefined && { caret: reasonAt }),
  };
  return [{ title, kind: "quickfix", preferred: false, resolves: [finding], edits: [edit] }];
}

function isOfFailedStep({ result }: View, finding: Diagnostic): boolean {
  if (!result || finding.severity !== "error") return false;
  const steps = [result.start, ...result.scenarios.map((each) => each.steps)];
  return steps.some((each) =>
    each.some(({ passed, diagnostics }) => !passed && diagnostics.includes(finding)),
  );
}
