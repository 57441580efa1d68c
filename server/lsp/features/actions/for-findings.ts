import { type CodeAction, CodeActionKind } from "vscode-languageserver";
import { CONFIG_FILE, type Diagnostic } from "../../../../engine/language/index.js";
import {
  type Action,
  hasPage,
  ignoreActions,
  levelActions,
  quickFixes,
  rulesToFixAtOnce,
} from "../../../../engine/services/index.js";
import { COMMANDS } from "../../../protocol/index.js";
import type { Compiled } from "../../compile.js";
import type { Context } from "../../context.js";
import { createsFiles } from "../../workspace-edits.js";
import { codeAction } from "./code-action.js";
import { type Deferred, deferred } from "./deferred.js";
import type { AskedFindings } from "./findings.js";

/** What can be done about findings: fixes first, then what hides them, then the page about the rule. */
export function actionsForFindings(
  context: Context,
  uri: string,
  asked: readonly AskedFindings[],
): (CodeAction | Deferred)[] {
  const offered = (choose: (each: AskedFindings) => (CodeAction | Deferred)[]) => asked.flatMap(choose);
  return [
    ...offered((each) => edited(context, each, quickFixes(each.view.analysis, findingsOf(each)))),
    ...offered((each) => atOnce(context, uri, each)),
    ...offered((each) => edited(context, each, hiding(context, each))),
    ...offered((each) => explaining(context, each)),
  ];
}

function findingsOf({ pairs }: AskedFindings): readonly Diagnostic[] {
  return [...pairs.keys()];
}

function edited(context: Context, asked: AskedFindings, actions: readonly Action[]): CodeAction[] {
  return actions.map((action) => codeAction(context, asked.compiled, action, [asked]));
}

/** The safe fixes of all findings of a rule in the document; which go together shows when it is chosen. */
function atOnce({ programs }: Context, uri: string, asked: AskedFindings): Deferred[] {
  const { compiled, view } = asked;
  if (compiled.uri !== uri) return [];
  const all = (view.result ?? programs.finished(compiled))?.diagnostics ?? view.analysis.program.diagnostics;
  const findings = findingsOf(asked);
  return rulesToFixAtOnce(view.analysis, compiled.file, findings, all).map((rule) => {
    const title = `Fix all ${rule} in this file`;
    const action = deferred(compiled, title, CodeActionKind.QuickFix, { work: "repair", only: rule });
    const resolved = [...asked.pairs].filter(([{ code }]) => code === rule).map(([, said]) => said);
    return { ...action, diagnostics: resolved };
  });
}

function hiding(context: Context, { compiled, view, pairs }: AskedFindings): readonly Action[] {
  const config = configurationOf(context, compiled);
  return [...pairs.keys()].flatMap((finding) => [
    ...ignoreActions(view, finding),
    ...(config ? levelActions(view, finding, config) : []),
  ]);
}

/** The configuration that holds for a file, or the place of a new one; `undefined` where none can be written. */
function configurationOf(
  { client, names }: Context,
  { uri, config, analysis: { program } }: Compiled,
): { readonly file: string; readonly text: string | undefined } | undefined {
  if (config !== undefined) {
    // What cannot be read whole cannot be changed either.
    const isReadable = !program.diagnostics.some(({ code, span }) => code === "S067" && span.file === config);
    return isReadable ? { file: config, text: program.sources.get(config) } : undefined;
  }
  if (!names.isInWorkspace(uri) || !createsFiles(client.capabilities)) return undefined;
  return { file: names.nameOf(`${names.folderOf(uri)}/${CONFIG_FILE}`), text: undefined };
}

function explaining({ client }: Context, { pairs }: AskedFindings): CodeAction[] {
  if (client.options.commands !== true) return [];
  const rules = new Set([...pairs.keys()].map(({ code }) => code).filter(hasPage));
  return [...rules].map((rule) => {
    const title = `Explain ${rule}`;
    return {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [...pairs].filter(([{ code }]) => code === rule).map(([, said]) => said),
      command: { title, command: COMMANDS.explainRule, arguments: [rule] },
    };
  });
}
