import * as vscode from "vscode";

/** Findings that say that a file is not understood, by the family of their rule. */
const OF_THE_FILE = /^[SC]\d/;

const ANYWAY = "Debug Anyway";
const PROBLEMS = "Show Problems";

/**
 * Asks whether to debug a file with errors, where the editor knows of any.
 * @returns "sound" without errors, "anyway" to debug what could be understood, "no" to debug nothing
 */
export async function askAboutErrors(uri: vscode.Uri): Promise<"sound" | "anyway" | "no"> {
  const errors = vscode.languages
    .getDiagnostics(uri)
    .filter(({ severity, code }) => severity === vscode.DiagnosticSeverity.Error && isOfTheFile(code));
  const [first] = errors;
  if (!first) return "sound";
  const count = errors.length === 1 ? "an error" : `${errors.length} errors`;
  const name = vscode.workspace.asRelativePath(uri);
  const answer = await vscode.window.showWarningMessage(
    `${name} has ${count}. Debug what could be understood of it?`,
    { modal: true, detail: first.message },
    ANYWAY,
    PROBLEMS,
  );
  if (answer === PROBLEMS) await vscode.commands.executeCommand("workbench.actions.view.problems");
  return answer === ANYWAY ? "anyway" : "no";
}

function isOfTheFile(code: vscode.Diagnostic["code"]): boolean {
  const id = typeof code === "object" ? code.value : code;
  return OF_THE_FILE.test(String(id));
}
